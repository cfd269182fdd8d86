package io.slipway.demo.autopilot;

import static io.slipway.demo.autopilot.SampleScript.always;

import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.demo.autopilot.SampleScript.Line;
import io.slipway.demo.autopilot.SampleScript.Scene;
import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.quality.board.BoardVote;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What goes otherwise than the plain script in the releases of the autopilot, so that its spectators see more than good days. Whether a
 * twist has happened already is read from the records: a run that is taken up again tells nothing twice.
 */
@Component
@Profile("demo")
class Twists {

    private static final String FIRST = "2.4.0";
    private static final String SECOND = "2.5.0";

    /** Twists that may happen in every release. */
    private static final String ANY = "";
    /** Logins of the members of the board who vote; together they are the quorum. */
    private static final List<String> BOARD = List.of("cora", "carl");

    /** The month that an action of a review may take; the demo tells a day in a second. */
    private static final Duration MONTH = Duration.ofSeconds(30);

    private static final String INCIDENT = "INC-2024";

    private static final Duration WAIVED = Duration.ofMinutes(10);
    private static final Duration PUBLISHED = Duration.ofSeconds(2);

    /** What a scan of the sample says: a remark that has to be judged and keeps nothing out. */
    private static final String SCAN = """
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Source scan"}}, "results": [
              {"ruleId": "log-of-input", "level": "note", "message": {"text": "A value from outside is logged."},
               "partialFingerprints": {"place": "orders-1"},
               "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/storefront/OrderPage.java"},
                 "region": {"startLine": 31, "snippet": {"text": "log(order.number());"}}}}]}]}]}
            """;

    private static final String COVERAGE =
            "<report name='storefront'><counter type='LINE' missed='12' covered='188'/></report>";

    /**
     * What somebody does in a task instead of what the script says.
     *
     * @param task id of the user task
     * @param version of the release; {@link #ANY} for each
     * @param still whether it is yet to happen
     */
    private record Twist(String task, String version, Predicate<Scene> still, Line line) {}

    private final Actors actors;
    private final Desk desk;
    private final Chores chores;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final List<Twist> twists;

    Twists(Actors actors, Desk desk, Chores chores, JdbcClient jdbc, Clock clock) {
        this.actors = actors;
        this.desk = desk;
        this.chores = chores;
        this.jdbc = jdbc;
        this.clock = clock;
        this.twists = List.of(
                new Twist(
                        "userTask_supplyItems",
                        SECOND,
                        scene -> true,
                        new Line("hands in the items, for which there are seven person days", this::supplyScarcely)),
                new Twist(
                        "userTask_answerTradeOff",
                        SECOND,
                        scene -> true,
                        new Line("says what it can live with", this::answerTradeOff)),
                new Twist(
                        "userTask_decideTradeOff",
                        SECOND,
                        scene -> true,
                        new Line("raises the capacity, as the owners do not agree", this::decideTradeOff)),
                new Twist(
                        "userTask_decideQuestion",
                        ANY,
                        scene -> true,
                        always(
                                "answers what was asked up the ladder",
                                Map.of(
                                        "questionDecision",
                                        "The capacity is raised by one person day.",
                                        "questionReason",
                                        "Both items are worth a day."))),
                new Twist(
                        "userTask_supplyEvidence",
                        FIRST,
                        scene -> actors.environment(scene.task()).equals("staging"),
                        new Line("hands in tests, a security scan and the coverage", this::supplyReports)),
                new Twist(
                        "userTask_prepareMaterial",
                        ANY,
                        scene -> true,
                        new Line("writes the training", this::writeMaterial)),
                new Twist(
                        "userTask_reviewMaterial",
                        ANY,
                        scene -> true,
                        always("accepts the training", Map.of("materialVerdict", "ACCEPT"))),
                new Twist(
                        "userTask_grantExemption",
                        ANY,
                        scene -> true,
                        always(
                                "grants the exemption",
                                Map.of(
                                        "exemptionVerdict",
                                        "GRANTED",
                                        "exemptionReason",
                                        "The discount is announced for today."))),
                new Twist(
                        "userTask_validateExemption",
                        ANY,
                        scene -> true,
                        always(
                                "shows that it is made up for",
                                Map.of("validationEvidence", "The load test ran with the version that is live."))),
                new Twist(
                        "userTask_handOverWave",
                        ANY,
                        scene -> true,
                        always("hands over to the region", Map.of("handOverNote", "All is quiet."))),
                new Twist(
                        "userTask_acknowledgeHandOver",
                        ANY,
                        scene -> true,
                        always("takes over", Map.of("acknowledgement", "Understood."))),
                new Twist(
                        "userTask_reviewDifferences",
                        ANY,
                        scene -> true,
                        always(
                                "accepts the differences",
                                Map.of(
                                        "differencesVerdict",
                                        "ACCEPTED",
                                        "differencesReason",
                                        "The package holds more than the build gives."))),
                new Twist(
                        "userTask_supplyEvidence",
                        FIRST,
                        this::developmentHasNoWaiver,
                        always(
                                "has no report yet and says so",
                                Map.of("evidenceNote", "The machine that runs the tests is being repaired."))),
                new Twist(
                        "userTask_decideFailedGate",
                        FIRST,
                        scene -> true,
                        new Line("asks for a waiver until the tests run again", this::askWaiver)),
                new Twist(
                        "userTask_grantWaiver",
                        FIRST,
                        scene -> true,
                        always(
                                "grants the waiver",
                                Map.of(
                                        "waiverVerdict",
                                        "GRANTED",
                                        "waiverReason",
                                        "Staging sees the same tests before anything is approved."))),
                new Twist(
                        "userTask_supplyEvidence",
                        SECOND,
                        this::stagingHadNoVote,
                        always(
                                "has no report, because a test of the new prices is broken",
                                Map.of("evidenceNote", "The test of the new prices is broken, not the prices."))),
                new Twist(
                        "userTask_decideFailedGate",
                        SECOND,
                        scene -> true,
                        always(
                                "asks the board",
                                Map.of(
                                        "gateDecision",
                                        "BOARD",
                                        "gateReason",
                                        "The release is due today, and the broken test cannot be mended before."))),
                new Twist(
                        "userTask_fulfilObligation",
                        ANY,
                        scene -> true,
                        always(
                                "shows that it is done",
                                Map.of("obligationEvidence", "Done; the report lies in the wiki of the storefront."))),
                new Twist(
                        "userTask_judgeFeedback",
                        ANY,
                        scene -> true,
                        always(
                                "sums up what users say",
                                Map.of("feedbackNote", "No calls about the new version in the shops."))),
                new Twist(
                        "userTask_holdReview",
                        ANY,
                        scene -> true,
                        new Line("holds the review and agrees on an action", this::review)),
                new Twist(
                        "userTask_acceptGo",
                        FIRST,
                        scene -> none("go_decision", scene.release()),
                        always(
                                "says no-go: the shop counts its stock at this hour",
                                Map.of(
                                        "goDecision",
                                        "NO_GO",
                                        "goReason",
                                        "The shop counts its stock at this hour; please take a later window."))));
    }

    /** Ids of the tasks in which something else may be done than the script says. */
    Set<String> tasks() {
        return twists.stream().map(Twist::task).collect(Collectors.toUnmodifiableSet());
    }

    /** What is done in a task now instead of what the script says; empty where the script holds. */
    Optional<Line> of(Scene scene) {
        return twists.stream()
                .filter(twist -> twist.task().equals(scene.task().getTaskDefinitionKey()))
                .filter(twist -> twist.version().equals(ANY)
                        || twist.version().equals(scene.release().version()))
                .filter(twist -> twist.still().test(scene))
                .map(Twist::line)
                .findFirst();
    }

    /**
     * What people do beside their tasks while a release is under way: they vote, they raise what they have seen.
     *
     * @return one line for each deed, by the person who did it; empty when nobody did anything
     */
    List<Deed> meanwhile(Release release) {
        List<Deed> deeds = new ArrayList<>();
        for (BoardVote vote : actors.openVotes(release)) {
            for (String login : BOARD) {
                SamplePerson member = actors.named(login);
                if (!actors.hasVoted(member, vote)) {
                    actors.vote(
                            member,
                            release,
                            vote,
                            BoardVote.Choice.SHIP,
                            "The prices were looked at by hand.",
                            "Mend the broken test within two weeks.");
                    deeds.add(new Deed(member, "Board vote: ships with the known issue, on a condition"));
                    return deeds;
                }
            }
        }
        if (release.version().equals(FIRST)) {
            lockdown(release).ifPresent(deeds::add);
        }
        if (release.version().equals(SECOND)) {
            askTradeOff(release).ifPresent(deeds::add);
        }
        refresh().ifPresent(deeds::add);
        triage().ifPresent(deeds::add);
        return deeds;
    }

    /** What somebody does beside the tasks because its time has come; it goes before everything else. */
    Optional<Deed> chore(Release release) {
        return chores.next(release);
    }

    /** What people take back when the releases have ended, so that the next one is as easy as the first. */
    List<Deed> tidyUp() {
        return chores.tidyUp();
    }

    /** Something that a person did beside the tasks. */
    record Deed(SamplePerson who, String says) {}

    /**
     * Whether a task is left alone for now: the scope is confirmed when what was asked for is settled, what was skipped is made up for
     * when it is live, and nobody says go before everything is ready, nor again before the lockdown of the first release has come and
     * gone.
     */
    boolean waits(Task task, Release release) {
        return switch (task.getTaskDefinitionKey()) {
            case "userTask_confirmScope" -> release.version().equals(SECOND) && !isSettled(release);
            case "userTask_fulfilObligation" -> isFulfilledByItself(task, release);
            case "userTask_validateExemption" ->
                !release.state().touchesProduction() && !release.state().ended();
            case "userTask_acceptGo" ->
                !isReady(release)
                        || (release.version().equals(FIRST)
                                && !none("go_decision", release)
                                && (!actors.hasEnded(INCIDENT) || actors.isLockedDown(release)));
            default -> false;
        };
    }

    /** Whether a task of its own shows that this is done, so that nobody says so before. */
    private boolean isFulfilledByItself(Task task, Release release) {
        return actors.obligation(task)
                .filter(key ->
                        key.startsWith(release.key() + "/material/") || key.startsWith(release.key() + "/exemption/"))
                .isPresent();
    }

    private boolean isSettled(Release release) {
        return count(
                        "select count(*) from audit_entry where action = 'scope.applyTradeOff' and release_id = ?",
                        release)
                > 0;
    }

    /** Whether the way back was tried, users are told, and nothing is being built or rehearsed. */
    private boolean isReady(Release release) {
        return count("select count(*) from script_run where state = 'SUCCEEDED' and release_id = ?", release) > 0
                && count("select count(*) from material where reviewer is null and release_id = ?", release) == 0
                && count(
                                "select count(*) from build_request b where b.release_id = ? and not exists"
                                        + " (select 1 from build_comparison c where c.request_id = b.id)",
                                release)
                        == 0;
    }

    /** Somebody wants in what was not proposed, because there is no room for it. */
    private Optional<Deed> askTradeOff(Release release) {
        if (!none("trade_off", release)
                || actors.openTasks(release.key()).stream()
                        .noneMatch(task -> task.getTaskDefinitionKey().equals("userTask_confirmScope"))) {
            return Optional.empty();
        }
        SamplePerson petra = actors.named("petra");
        desk.send(
                petra,
                "POST",
                "/releases/" + release.key() + "/scope/trade-offs",
                Map.of(
                        "needed",
                        List.of("SHOP-204"),
                        "cause",
                        "Shops still see yesterday's prices, and the service desk is called about it every hour."));
        return Optional.of(new Deed(petra, "Trade-off: wants SHOP-204 in, for which there is no room"));
    }

    private Map<String, Object> supplyScarcely(Scene scene) {
        actors.handInItems(scene.who(), scene.release(), scene.build().scope());
        desk.send(scene.who(), "PUT", "/releases/" + scene.release().key() + "/scope/terms", Map.of("capacity", 7));
        return Map.of("itemsNote", "From the backlog of the storefront; one of us is on leave.");
    }

    /** One owner gives up nothing, the other accepts only that the first does. */
    private Map<String, Object> answerTradeOff(Scene scene) {
        String accepted = scene.who().login().equals("petra") ? "[\"DROP\", \"DEFER\"]" : "[\"MOVE\"]";
        return Map.of(
                "tradeOffAnswer",
                "ACCEPT",
                "acceptedOptions",
                SpinValues.jsonValue(accepted).create(),
                "answerReason",
                scene.who().login().equals("petra")
                        ? "The order of products can wait; wrong prices cannot."
                        : "Both were promised; a day more brings both.");
    }

    private Map<String, Object> decideTradeOff(Scene scene) {
        return Map.of(
                "tradeOffDecision",
                "TAKE",
                "takenOption",
                SpinValues.jsonValue("[\"RAISE\"]").create(),
                "decisionReason",
                "Ravi comes back a day earlier, so that both are in without a later date.");
    }

    /** A clone for staging was masked and checked; its keeper says so. */
    private Optional<Deed> refresh() {
        SamplePerson dana = actors.named("dana");
        for (Task task : actors.openTasksOf("userTask_restoreClone")) {
            actors.complete(dana, task, Map.of("cloneNote", "Masked with the usual script."));
            return Optional.of(new Deed(dana, "Restore clone: nothing of production is left in it"));
        }
        return Optional.empty();
    }

    /** A finding of a scan is judged by one person and confirmed by another. */
    private Optional<Deed> triage() {
        SamplePerson quinn = actors.named("quinn");
        SamplePerson quirin = actors.named("quirin");
        for (Task task : actors.openTasksOf("userTask_triageFinding")) {
            actors.complete(
                    quinn,
                    task,
                    Map.of(
                            "triageVerdict",
                            "FALSE_POSITIVE",
                            "triageReason",
                            "The number of an order is no secret.",
                            "triageEvidence",
                            "Rules for logging, section 2",
                            "triageScope",
                            "SYSTEM",
                            "triageExpires",
                            clock.instant().plus(Duration.ofDays(10)).toString()));
            return Optional.of(new Deed(quinn, "Triage finding: judges it as false"));
        }
        for (Task task : actors.openTasksOf("userTask_confirmTriage")) {
            actors.complete(
                    quirin,
                    task,
                    Map.of("confirmDecision", "CONFIRM", "confirmReason", "I read the same in the code."));
            return Optional.of(new Deed(quirin, "Confirm triage: agrees"));
        }
        List<Long> untouched = jdbc.sql(
                        "select f.id from finding f where f.triage_state = 'OPEN' and not exists (select 1 from side_process p"
                                + " where p.business_key = concat('finding-', f.id)) order by f.id")
                .query(Long.class)
                .list();
        for (Long finding : untouched) {
            desk.send(quinn, "POST", "/findings/" + finding + "/triage", Map.of());
            return Optional.of(new Deed(quinn, "Finding: wants it judged"));
        }
        return Optional.empty();
    }

    private Map<String, Object> supplyReports(Scene scene) {
        String evidence = "/releases/" + scene.release().key() + "/quality/staging/evidence/";
        desk.send(scene.who(), "PUT", evidence + "scan.sarif", "application/json", SCAN);
        desk.send(scene.who(), "PUT", evidence + "coverage.xml", "application/xml", COVERAGE);
        actors.handInTestReport(
                scene.who(), scene.release(), "staging", scene.build().testReport());
        return Map.of("evidenceNote", "The tests of the version itself, the scan of its sources and what they cover.");
    }

    private Map<String, Object> writeMaterial(Scene scene) {
        return Map.of(
                "materialTitle",
                "Discounts for ten pieces",
                "materialText",
                "Whoever orders ten pieces of a product pays ten percent less for them.",
                "publishAt",
                clock.instant().plus(PUBLISHED).toString());
    }

    private long count(String sql, Release release) {
        return jdbc.sql(sql).param(StoredIds.bytes(release)).query(Long.class).single();
    }

    /** A grave incident makes the rule propose a lockdown; somebody approves it, and it is lifted when the incident is over. */
    private Optional<Deed> lockdown(Release release) {
        SamplePerson ines = actors.named("ines");
        if (release.state() != ReleaseState.SCHEDULED || none("go_decision", release)) {
            return Optional.empty();
        }
        if (!actors.isReported(INCIDENT)) {
            actors.reportIncident(
                    ines,
                    new NewIncident(
                            INCIDENT,
                            release.system(),
                            Optional.empty(),
                            Incident.Priority.P1,
                            "Tills of two shops cannot pay out",
                            clock.instant(),
                            Optional.empty()));
            return Optional.of(
                    new Deed(ines, "Incident: reports " + INCIDENT + ", priority 1; the rule proposes a lockdown"));
        }
        for (Task task : actors.openTasksOf("userTask_approveLockdown")) {
            SamplePerson carl = actors.named("carl");
            actors.complete(
                    carl,
                    task,
                    Map.of(
                            "lockdownDecision",
                            "APPROVE",
                            "lockdownReason",
                            "Nobody changes anything until the tills pay."));
            return Optional.of(new Deed(carl, "Approve lockdown: approves it"));
        }
        for (Task task : actors.openTasksOf("userTask_liftLockdown")) {
            if (actors.isLockedDown(release)) {
                actors.resolveIncident(ines, INCIDENT);
                actors.complete(ines, task, Map.of("liftReason", "The tills pay again."));
                return Optional.of(new Deed(ines, "Lift lockdown: the incident is over"));
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> review(Scene scene) {
        actors.addToReview(
                scene.who(),
                scene.release(),
                "No test asked what three different products cost together.",
                "Add the order of three products to the tests of the storefront.",
                Role.QA,
                clock.instant().plus(MONTH));
        return Map.of(
                "reviewSummary",
                "The total of an order was rounded twice; the check after the switch found it, not the gate.");
    }

    private boolean stagingHadNoVote(Scene scene) {
        return actors.environment(scene.task()).equals("staging") && none("board_vote", scene.release());
    }

    private boolean developmentHasNoWaiver(Scene scene) {
        return actors.environment(scene.task()).equals("development") && none("gate_waiver", scene.release());
    }

    private Map<String, Object> askWaiver(Scene scene) {
        return Map.of(
                "gateDecision",
                "WAIVER",
                "gateReason",
                "The machine that runs the tests is being repaired.",
                "compensatingControl",
                "The same tests run in staging before the change is approved.",
                "waiverExpires",
                clock.instant().plus(WAIVED).toString());
    }

    /** Whether a table has no row of a release. */
    private boolean none(String table, Release release) {
        return jdbc.sql("select count(*) from " + table + " where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Long.class)
                        .single()
                == 0;
    }
}
