package io.slipway.demo.autopilot;

import io.slipway.demo.BuiltSample;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the people of the demo do in each task of a release that goes as told. */
@Component
@Profile("demo")
public class SampleScript {

    /** What a person does before the form, and what the form then holds. */
    @FunctionalInterface
    interface Play {
        Map<String, Object> play(Scene scene);
    }

    /** A task as the script knows it: what a line of the log says of it, and what is done. */
    record Line(String says, Play play) {}

    /**
     * A task that waits for a person.
     *
     * @param release the release that it belongs to
     * @param build what its version was built into
     * @param expected how it is to end
     */
    public record Scene(Task task, SamplePerson who, Release release, BuiltSample build, ReleaseOutcome expected) {}

    /** Where several may do it and not the first of them does. */
    private static final Map<String, String> PREFERRED = Map.of(
            "userTask_supplyItems", "paul",
            "userTask_supplyFiles", "ravi",
            "userTask_prepareMaterial", "paul",
            "userTask_fulfilObligation", "quirin",
            "userTask_validateExemption", "quirin",
            "userTask_reviewMaterial", "sam",
            "userTask_acknowledgeHandOver", "derek");

    private final Actors actors;
    private final Clock clock;
    private final Map<String, Line> lines;

    SampleScript(Actors actors, Clock clock) {
        this.actors = actors;
        this.clock = clock;
        this.lines = Map.ofEntries(
                Map.entry("userTask_supplyItems", new Line("hands in the items", this::supplyItems)),
                Map.entry(
                        "userTask_confirmScope",
                        always(
                                "confirms what is proposed",
                                Map.of("scopeDecision", "CONFIRM", "usersAffected", "MANY"))),
                Map.entry("userTask_proposeWindow", new Line("proposes a window that starts now", this::proposeWindow)),
                Map.entry("userTask_attestExitCriteria", new Line("attests what is finished", this::attest)),
                Map.entry("userTask_supplyFiles", new Line("hands in the jar", this::supplyFiles)),
                Map.entry(
                        "userTask_supplyEvidence", new Line("hands in the results of the tests", this::supplyEvidence)),
                Map.entry(
                        "userTask_assessRisk",
                        always(
                                "assesses the risk",
                                Map.of("impact", 2, "likelihood", 1, "usersImpact", 2, "rollbackTested", "YES"))),
                Map.entry("userTask_approveChange", new Line("confirms and approves", this::approve)),
                Map.entry("userTask_confirmReadiness", always("is ready", Map.of("readinessVerdict", "READY"))),
                Map.entry("userTask_acceptGo", always("says go", Map.of("goDecision", "GO"))),
                Map.entry(
                        "userTask_confirmUpdate",
                        always("lets people know that it will be late", Map.of("updateDecision", "SEND"))),
                Map.entry(
                        "userTask_judgeComparison",
                        always(
                                "keeps it in production",
                                Map.of(
                                        "comparisonDecision",
                                        "KEEP",
                                        "comparisonReason",
                                        "Too little is measured to tell; every check of the bake time passed."))),
                Map.entry(
                        "userTask_fulfilObligation",
                        always(
                                "says what shows that it is done",
                                Map.of("obligationEvidence", "Done and looked at by two."))),
                Map.entry("userTask_decideNextStep", new Line("ends it, as production is well again", this::end)),
                Map.entry("userTask_attestUpdates", new Line("attests what has to follow", this::attestUpdates)),
                Map.entry(
                        "userTask_judgeFeedback",
                        always("sums up what users say", Map.of("feedbackNote", "Nobody noticed anything amiss."))),
                Map.entry("userTask_signClosure", new Line("confirms and signs", this::sign)));
    }

    /** Whether the script knows a task of a release that is to end like this. */
    boolean knows(Task task, ReleaseOutcome expected) {
        boolean afterRollback = task.getTaskDefinitionKey().equals("userTask_decideNextStep");
        return lines.containsKey(task.getTaskDefinitionKey())
                && (!afterRollback || expected == ReleaseOutcome.ROLLED_BACK);
    }

    /** Ids of the user tasks that the script knows. */
    Set<String> tasks() {
        return lines.keySet();
    }

    /** Who does a task; empty when nobody of the demo may. */
    public Optional<SamplePerson> who(Task task) {
        List<SamplePerson> candidates = actors.candidates(task);
        String preferred = PREFERRED.get(task.getTaskDefinitionKey());
        return candidates.stream()
                .filter(person -> person.login().equals(preferred))
                .findFirst()
                .or(() -> actors.asked(task).filter(candidates::contains))
                .or(() -> candidates.stream().findFirst());
    }

    /**
     * Does what the person does, files and confirmations included, and completes the task.
     *
     * @return what was done, as the end of a sentence that begins with the person
     */
    public String play(Scene scene) {
        return play(scene, line(scene));
    }

    /** Does another line than the script's in a task, and completes it. */
    String play(Scene scene, Line line) {
        actors.complete(scene.who(), scene.task(), line.play().play(scene));
        return line.says();
    }

    /**
     * Does what the person does before the form, files and confirmations included, and leaves the task open.
     *
     * @return what the form then holds
     */
    public Map<String, Object> prepare(Scene scene) {
        return line(scene).play().play(scene);
    }

    private Line line(Scene scene) {
        Line line = lines.get(scene.task().getTaskDefinitionKey());
        if (line == null) {
            throw new IllegalArgumentException(
                    "The script does not know '" + scene.task().getName() + "'");
        }
        return line;
    }

    static Line always(String says, Map<String, Object> inputs) {
        return new Line(says, scene -> inputs);
    }

    private Map<String, Object> supplyItems(Scene scene) {
        actors.handInItems(scene.who(), scene.release(), scene.build().scope());
        return Map.of("itemsNote", "From the backlog of the storefront.");
    }

    private Map<String, Object> proposeWindow(Scene scene) {
        return Map.of("windowStart", clock.instant().toString(), "windowMinutes", 60);
    }

    private Map<String, Object> attest(Scene scene) {
        String met = StreamSupport.stream(
                        actors.brief(scene.task()).path("criteriaOptions").spliterator(), false)
                .map(option -> "\"" + option.path("value").asText() + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        return Map.of(
                "metCriteria",
                SpinValues.jsonValue(met).create(),
                "handOverNote",
                "The tests of commit " + scene.build().commit() + " passed; both developers read every change.");
    }

    private Map<String, Object> supplyFiles(Scene scene) {
        actors.handInFile(scene.who(), scene.release(), scene.build().jar());
        return Map.of("filesNote", "Built from commit " + scene.build().commit() + ".");
    }

    private Map<String, Object> supplyEvidence(Scene scene) {
        actors.handInTestReport(
                scene.who(),
                scene.release(),
                actors.environment(scene.task()),
                scene.build().testReport());
        return Map.of("evidenceNote", "The tests of the version itself.");
    }

    private Map<String, Object> approve(Scene scene) {
        actors.confirm(scene.who(), scene.task(), "APPROVE");
        return Map.of("approvalDecision", "APPROVE");
    }

    private Map<String, Object> attestUpdates(Scene scene) {
        actors.attestUpdates(scene.release());
        return Map.of("attestNote", "Each is tried.");
    }

    private Map<String, Object> end(Scene scene) {
        return Map.of(
                "rollbackDecision",
                "END",
                "rollbackReason",
                "The cause is looked for first; the next version brings it.");
    }

    private Map<String, Object> sign(Scene scene) {
        actors.confirm(scene.who(), scene.task(), scene.expected().name());
        return Map.of("closureOutcome", scene.expected().name(), "closureNote", "Everything went as told.");
    }
}
