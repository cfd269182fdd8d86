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

    /**
     * What somebody does in a task instead of what the script says.
     *
     * @param task id of the user task
     * @param version of the release; {@link #ANY} for each
     * @param still whether it is yet to happen
     */
    private record Twist(String task, String version, Predicate<Scene> still, Line line) {}

    private final Actors actors;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final List<Twist> twists;

    Twists(Actors actors, JdbcClient jdbc, Clock clock) {
        this.actors = actors;
        this.jdbc = jdbc;
        this.clock = clock;
        this.twists = List.of(
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
        return deeds;
    }

    /** Something that a person did beside the tasks. */
    record Deed(SamplePerson who, String says) {}

    /**
     * Whether a task is left alone for now: nobody says go again before the lockdown of the first release has come and gone.
     */
    boolean waits(Task task, Release release) {
        return task.getTaskDefinitionKey().equals("userTask_acceptGo")
                && release.version().equals(FIRST)
                && !none("go_decision", release)
                && (!actors.hasEnded(INCIDENT) || actors.isLockedDown(release));
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
