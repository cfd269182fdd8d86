package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** How a release is going to reach production is planned with reasons, and the switch waits for strangers who keep old answers. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class CutOverScenarioTest {

    private static final String NAME = "/api/v1/cut-over/" + SampleLandscape.SYSTEM;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @AfterEach
    void noNameAnyMore() {
        callers.program("oscar").body("DELETE", NAME, "", "");
    }

    @Test
    @Capability("5.1")
    void thePatternIsChosenWithReasonsAgainstTheOthers() {
        ReleaseStory story = story("25.1.0").goesOnTo("userTask_supplyFiles");

        JsonNode plan = callers.read(callers.program("derek").get(release(story) + "/deployment/plan"));

        assertThat(plan.path("choice").path("pattern").asText()).isEqualTo("BLUE_GREEN");
        assertThat(plan.path("choice").path("facts").path("instances").asInt()).isEqualTo(1);
        assertThat(plan.path("choice").path("objections").findValuesAsText("pattern"))
                .containsExactlyInAnyOrder("ROLLING", "CANARY");
        assertThat(plan.path("choice").path("objections").findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains("leave users without any"));
        assertThat(callers.person("derek").get("/releases/" + story.key()).body())
                .contains("How it reaches production", "Not rolling: With one instance");
        cancel(story);
    }

    @Test
    @Capability("5.4")
    void theSwitchWaitsUntilTheOldTimeToLiveHasPassed() {
        assertThat(enter("dora", "shop.example.org", "PT30S").statusCode()).isEqualTo(403);
        assertThat(enter("oscar", "shop example", "PT30S").body()).contains("\"field\":\"name\"");
        assertThat(enter("oscar", "shop.example.org", "PT30S").statusCode()).isEqualTo(200);
        hand.haltAt(
                "storefront-25.4.0",
                point -> point.environment().equals(SampleLandscape.PRODUCTION)
                        && point.activity().equals("serviceTask_transferPackage"));
        ReleaseStory story = story("25.4.0")
                .goesOnUntil(
                        "the way to production", () -> hand.isAt("storefront-25.4.0", "serviceTask_transferPackage"));
        JsonNode cutOver = cutOver(story);
        Instant start = story.release().windowStart().orElseThrow();
        assertThat(Instant.parse(cutOver.path("lowerBy").asText())).isEqualTo(start.minusSeconds(30));
        assertThat(cutOver.path("steps").findValuesAsText("what"))
                .containsExactly("Lower the time to live", "Switch", "Drain", "Verify from outside");
        assertThat(cutOver.path("steps").path(1).path("undo").asText()).contains("still runs");

        refusedBecause("was not lowered");
        assertThat(lowered(story, "PT20S", Instant.now()).body()).contains("at most 5 s");
        assertThat(lowered(story, "PT5S", Instant.now().plus(Duration.ofHours(1)))
                        .body())
                .contains("does not lie ahead");
        assertThat(lowered(story, "PT5S", Instant.now()).statusCode()).isEqualTo(200);
        refusedBecause("are kept until");
        assertThat(lowered(story, "PT5S", Instant.now().minusSeconds(31)).statusCode())
                .isEqualTo(200);
        assertThat(cutOver(story).path("obstacles")).isEmpty();

        hand.haltAt("storefront-25.4.0", point -> false);
        story.goesOnTo(ReleaseState.CLOSED);
        assertThat(story.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
    }

    private void refusedBecause(String reason) {
        assertThatThrownBy(() -> hand.execute(hand.jobAt("storefront-25.4.0", "serviceTask_transferPackage")))
                .hasMessageContaining("shop.example.org")
                .hasMessageContaining(reason);
    }

    private HttpResponse<String> enter(String login, String name, String ttl) {
        return callers.program(login)
                .json("PUT", NAME, callers.write(Map.of("name", name, "ttl", ttl, "lowered", "PT5S")));
    }

    private HttpResponse<String> lowered(ReleaseStory story, String seen, Instant at) {
        return callers.program("derek")
                .json(
                        "POST",
                        release(story) + "/cut-over/lowered",
                        callers.write(Map.of("seen", seen, "loweredAt", at.toString())));
    }

    private JsonNode cutOver(ReleaseStory story) {
        return callers.read(callers.program("derek").get(release(story) + "/cut-over"));
    }

    private static String release(ReleaseStory story) {
        return "/api/v1/releases/" + story.key();
    }

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn);
    }

    private void cancel(ReleaseStory story) {
        callers.program("mara").json("POST", release(story) + "/cancel", "{\"reason\":\"The test is over.\"}");
        hand.turn(story.key());
        assertThat(story.release().state()).isEqualTo(ReleaseState.CANCELLED);
    }
}
