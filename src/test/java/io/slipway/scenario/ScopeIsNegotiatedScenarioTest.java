package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What must be in does not fit; the owners negotiate, and the product owner confirms what came of it. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class ScopeIsNegotiatedScenarioTest {

    private static final String ANSWER = "userTask_answerTradeOff";
    private static final String CONFIRM = "userTask_confirmScope";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    private static Map<String, Object> item(String key, String kind, int value, int effort, String... needs) {
        return Map.of(
                "key",
                key,
                "title",
                "${7*7} " + key,
                "kind",
                kind,
                "value",
                value,
                "effort",
                effort,
                "risk",
                2,
                "breaking",
                false,
                "dataMigration",
                false,
                "dependsOn",
                List.of(needs),
                "owner",
                "paul");
    }

    private ReleaseStory supplied(String version, int capacity, List<Map<String, Object>> items) {
        ReleaseStory story = ReleaseStory.requestedBy("mara", version, Urgency.NORMAL, application)
                .movedBy(hand::turn);
        story.awaited("userTask_supplyItems");
        assertThat(paul().json("POST", at(story, "/items"), callers.write(Map.of("items", items)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(paul().json("PUT", at(story, "/terms"), callers.write(Map.of("capacity", capacity)))
                        .statusCode())
                .isEqualTo(200);
        story.completes("paul", "userTask_supplyItems", Map.of());
        story.awaited(CONFIRM);
        return story;
    }

    private Visitor paul() {
        return callers.program("paul");
    }

    private static String at(ReleaseStory story, String path) {
        return "/api/v1/releases/" + story.key() + "/scope" + path;
    }

    private List<String> in(ReleaseStory story) {
        return StreamSupport.stream(
                        callers.read(paul().get(at(story, "/items")))
                                .path("content")
                                .spliterator(),
                        false)
                .filter(item -> item.path("decision").asText().equals("INCLUDED"))
                .map(item -> item.path("key").asText())
                .toList();
    }

    private void cancel(ReleaseStory story) {
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
    @Capability("1.1")
    void proposesTheMostValuableItemsThatFitAndTakesInWhatThePersonAdds() {
        ReleaseStory story = supplied(
                "21.0.0",
                10,
                List.of(
                        item("BIG", "feature", 60, 10),
                        item("LEFT", "feature", 35, 5),
                        item("RIGHT", "feature", 34, 3, "BASE"),
                        item("BASE", "technical-debt", 0, 2)));

        assertThat(in(story)).containsExactly("LEFT", "RIGHT", "BASE");
        assertThatThrownBy(() -> story.completes(
                        "paul",
                        CONFIRM,
                        Map.of(
                                "scopeDecision",
                                "CONFIRM",
                                "usersAffected",
                                "FEW",
                                "addedItems",
                                "BIG",
                                "scopeReason",
                                "promised")))
                .hasMessageContaining("the scope takes 20 person days, and the capacity is 10");
        story.completes(
                "paul",
                CONFIRM,
                Map.of(
                        "scopeDecision",
                        "CONFIRM",
                        "usersAffected",
                        "FEW",
                        "addedItems",
                        "BIG",
                        "deferredItems",
                        "LEFT, RIGHT",
                        "scopeReason",
                        "promised"));
        story.goesOnTo("userTask_proposeWindow");

        assertThat(in(story)).containsExactly("BIG");
        assertThat(callers.program("mara").get("/releases/" + story.key()).statusCode())
                .isNotEqualTo(500);
        assertThat(callers.person("paul")
                        .get("/releases/" + story.key() + "/scope")
                        .body())
                .contains("taken in: promised", "deferred: promised", "${7*7} BIG");
        cancel(story);
    }

    @Test
    @Capability("1.2")
    void negotiatesUntilWhatMustBeInFits() {
        ReleaseStory story = supplied(
                "21.0.1",
                10,
                List.of(
                        item("LAW", "regulatory", 5, 7),
                        item("LIMIT", "security", 9, 6),
                        item("NICE", "feature", 100, 1)));

        assertThatThrownBy(() ->
                        story.completes("paul", CONFIRM, Map.of("scopeDecision", "CONFIRM", "usersAffected", "FEW")))
                .hasMessageContaining("Please negotiate a trade-off");
        Task asked = story.awaited(ANSWER);
        JsonNode negotiation = tradeOffs(story);
        assertThat(negotiation.path("cause").asText())
                .contains("LAW (regulatory) and LIMIT (security) must be in and take 13");
        assertThat(StreamSupport.stream(negotiation.path("options").spliterator(), false)
                        .map(option -> option.path("key").asText()))
                .containsExactly("DROP", "DEFER", "MOVE", "RAISE");

        assertThat(asked.getProcessDefinitionId()).startsWith("negotiate-trade-off:");
        story.completes(
                "paul",
                ANSWER,
                Map.of("tradeOffAnswer", "COUNTER", "counterCapacity", 13, "answerReason", "three more can be had"));
        hand.turn(story.key());
        assertThat(tradeOffs(story).path("options").findValuesAsText("label"))
                .contains("Counter-offer: 13 person days");
        story.completes(
                "paul",
                ANSWER,
                Map.of(
                        "tradeOffAnswer",
                        "ACCEPT",
                        "acceptedOptions",
                        SpinValues.jsonValue("[\"COUNTER_1\"]").create()));
        hand.turn(story.key());

        JsonNode ended = tradeOffs(story);
        assertThat(ended.path("ending").asText()).isEqualTo("AGREED");
        assertThat(ended.path("chosen").path("effect").asText()).contains("13 of 13 person days");
        assertThat(in(story)).containsExactly("LAW", "LIMIT");
        story.completes("paul", CONFIRM, Map.of("scopeDecision", "CONFIRM", "usersAffected", "FEW"));
        story.goesOnTo("userTask_proposeWindow");
        assertThat(callers.person("paul")
                        .get("/releases/" + story.key() + "/scope")
                        .body())
                .contains("Counter-offer: 13 person days", "three more can be had", "Agreed");
        cancel(story);
    }

    private JsonNode tradeOffs(ReleaseStory story) {
        return callers.read(paul().get(at(story, "/trade-offs"))).path(0);
    }
}
