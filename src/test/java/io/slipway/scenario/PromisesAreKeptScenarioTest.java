package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.autopilot.Actors;
import io.slipway.release.Obligations;
import io.slipway.release.ReleaseState;
import io.slipway.release.RiskFactor;
import io.slipway.testing.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a release takes for granted pauses its tasks when it turns out wrong, and what it promised is judged after it went live. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class PromisesAreKeptScenarioTest {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private List<RiskFactor> risks;

    private static String at(ReleaseStory story, String path) {
        return "/api/v1/releases/" + story.key() + "/scope" + path;
    }

    private JsonNode assumption(ReleaseStory story) {
        return callers.read(callers.program("paul").get(at(story, "/assumptions")))
                .path(0);
    }

    private void confirm(ReleaseStory story, boolean holds) {
        confirm(story, 1, holds);
    }

    private void confirm(ReleaseStory story, int number, boolean holds) {
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                at(story, "/assumptions/" + number + "/confirmation"),
                                callers.write(Map.of(
                                        "holds",
                                        holds,
                                        "validUntil",
                                        Instant.now().plusSeconds(86_400).toString(),
                                        "evidence",
                                        "A letter of the bank.")))
                        .statusCode())
                .isEqualTo(200);
    }

    private long weights(ReleaseStory story) {
        return risks.stream()
                .filter(factor -> factor.name().equals("assumptions"))
                .flatMap(factor -> factor.weigh(story.release()).stream())
                .count();
    }

    /** So that it holds no environment that another story needs. */
    private void cancelled(ReleaseStory story) {
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                "/api/v1/releases/" + story.key() + "/cancel",
                                callers.write(Map.of("reason", "It was only tried out.")))
                        .statusCode())
                .isLessThan(300);
        hand.turn(story.key());
    }

    @Test
    @Capability("1.5")
    void aRefutedAssumptionPausesTheTasksThatDependOnItUntilItHoldsAgain() {
        ReleaseStory story = ReleaseStory.requestedBy(
                        application.getBean(Actors.class).named("mara"), "21.5.0", "2.4.0", application)
                .movedBy(hand::turn);
        story.awaited("userTask_supplyItems");
        Visitor paul = callers.program("paul");
        assertThat(paul.json("POST", at(story, "/assumptions"), callers.write(Map.of("statement", "Nothing")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(paul.json(
                                "POST",
                                at(story, "/assumptions"),
                                callers.write(Map.of(
                                        "statement", "${7*7} The bank answers",
                                        "party", "Bank",
                                        "validUntil",
                                                Instant.now()
                                                        .plusSeconds(86_400)
                                                        .toString(),
                                        "impact", "No payments",
                                        "dependingTasks", List.of("userTask_confirmScope"))))
                        .statusCode())
                .isEqualTo(200);
        hand.turn(story.key());
        assertThat(assumption(story).path("state").asText()).isEqualTo("HOLDS");

        confirm(story, false);
        assertThat(weights(story)).isEqualTo(1);
        story.goesOnTo("userTask_confirmScope");
        assertThatThrownBy(() -> story.does("paul", "userTask_confirmScope"))
                .hasMessageContaining("This task waits, as assumption 1 ('${7*7} The bank answers', Bank) is refuted");
        assertThat(callers.person("paul")
                        .get("/releases/" + story.key() + "/scope")
                        .body())
                .contains("${7*7} The bank answers", "Refuted", "userTask_confirmScope");

        confirm(story, true);
        assertThat(weights(story)).isZero();
        story.does("paul", "userTask_confirmScope");
        story.goesOnTo("userTask_proposeWindow");
        cancelled(story);
    }

    @Test
    @Capability("1.5")
    void anAddressThatDoesNotAnswerRefutesAnAssumption() {
        ReleaseStory story = ReleaseStory.requestedBy(
                        application.getBean(Actors.class).named("mara"), "21.5.1", "2.4.0", application)
                .movedBy(hand::turn);
        story.awaited("userTask_supplyItems");
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                at(story, "/assumptions"),
                                callers.write(Map.of(
                                        "statement", "The tax office answers",
                                        "party", "Tax office",
                                        "validUntil",
                                                Instant.now()
                                                        .plusSeconds(86_400)
                                                        .toString(),
                                        "impact", "No VAT",
                                        "probe", "http://127.0.0.1:1/rates",
                                        "dependingTasks", List.of())))
                        .statusCode())
                .isEqualTo(200);
        hand.turn(story.key());

        assertThat(assumption(story).path("state").asText()).isEqualTo("REFUTED");
        assertThat(assumption(story).path("finding").asText()).contains("did not answer");
        cancelled(story);
    }

    @Test
    @Capability("1.5")
    void whatIsConfirmedOrWithdrawnByAProgramEndsItsTask() {
        ReleaseStory story = ReleaseStory.requestedBy(
                        application.getBean(Actors.class).named("mara"), "21.5.2", "2.4.0", application)
                .movedBy(hand::turn);
        story.awaited("userTask_supplyItems");
        for (String statement : List.of("The bank answers", "The tax office answers")) {
            assertThat(callers.program("paul")
                            .json(
                                    "POST",
                                    at(story, "/assumptions"),
                                    callers.write(Map.of(
                                            "statement",
                                            statement,
                                            "party",
                                            "Others",
                                            "validUntil",
                                            Instant.now().plusSeconds(86_400).toString(),
                                            "impact",
                                            "No payments",
                                            "dependingTasks",
                                            List.of())))
                            .statusCode())
                    .isEqualTo(200);
        }
        // Both are found wrong before they are looked at for the first time, so that a person is asked of each.
        confirm(story, 1, false);
        confirm(story, 2, false);
        hand.turn(story.key());
        assertThat(tasksToConfirm(story)).isEqualTo(2);

        confirm(story, 1, true);
        hand.turn(story.key());
        assertThat(tasksToConfirm(story)).isEqualTo(1);
        assertThat(assumption(story).path("state").asText()).isEqualTo("HOLDS");

        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                at(story, "/assumptions/2/withdrawal"),
                                callers.write(Map.of("reason", "Nobody needs it.")))
                        .statusCode())
                .isEqualTo(200);
        hand.turn(story.key());
        assertThat(tasksToConfirm(story)).isZero();
        cancelled(story);
    }

    private long tasksToConfirm(ReleaseStory story) {
        return application.getBean(Actors.class).openTasks(story.key()).stream()
                .filter(task -> task.getTaskDefinitionKey().equals("userTask_confirmAssumption"))
                .count();
    }

    @Test
    @Capability("1.6")
    void whatWasPromisedIsLockedByTheApprovalAndJudgedAfterGoingLive() {
        ReleaseStory story = ReleaseStory.requestedBy(
                        application.getBean(Actors.class).named("mara"), "21.6.0", "2.4.0", application)
                .movedBy(hand::turn);
        Visitor paul = callers.program("paul");
        Map<String, Object> promise = Map.of(
                "name", "Defect escape rate",
                "formula", "defects found by users of all defects, in percent",
                "baseline", "12",
                "target", "8",
                "direction", "AT_MOST",
                "source", "PERSON");
        assertThat(paul.json("PUT", at(story, "/metrics/escapes"), callers.write(promise))
                        .statusCode())
                .isEqualTo(200);
        story.goesOnTo(ReleaseState.VALIDATING);
        assertThat(paul.json("PUT", at(story, "/metrics/escapes"), callers.write(promise))
                        .body())
                .contains("were locked by its approval");

        story.goesOnUntil("the task to report the metric", () -> story.waiting().contains("userTask_reportMetric"));
        story.completes(
                "paul",
                "userTask_reportMetric",
                Map.of("metricValue", "9.5", "metricEvidence", "The tickets of the week."));

        JsonNode verdict =
                callers.read(paul.get(at(story, "/metrics"))).path("verdicts").path(0);
        assertThat(verdict.path("verdict").asText()).isEqualTo("MISSED");
        assertThat(verdict.path("sentence").asText())
                .contains("Defect escape rate is 9.5", "the target is at most 8, the baseline 12");
        assertThat(application.getBean(Obligations.class).of(story.release()))
                .anySatisfy(obligation -> assertThat(obligation.owed().kind()).isEqualTo(Obligations.Kind.METRIC));
    }
}
