package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.Targets;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A version that fails its users is taken back by the rate of their failed requests, before anybody has asked. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class RollbackByErrorRateScenarioTest {

    private static final Route ROUTE = new Route(SampleLandscape.PRODUCTION, SampleLandscape.SYSTEM);
    private static final int REQUESTS = 60;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Targets targets;

    @Test
    @Capability("5.6")
    void failedRequestsTakeTheVersionBackWithTheReason() throws Exception {
        String served = targets.route(ROUTE).orElseThrow().serviceId();
        String key = "storefront-25.6.0";
        // Only the watch over traffic looks: the synthetic check of the validation would find the dead service as well.
        hand.haltAt(key, point -> point.activity().equals("serviceTask_runSyntheticCheck"));
        ReleaseStory story = ReleaseStory.requestedBy(
                        people.named("mara"), "25.6.0", "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnTo(ReleaseState.VALIDATING);
        assertThat(looks(key).size()).isPositive();
        assertThat(looks(key).path(0).path("verdict").asText()).isEqualTo("UNKNOWN");

        String broken = targets.route(ROUTE).orElseThrow().serviceId();
        kill(broken);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(use()).isGreaterThanOrEqualTo(500);
        }
        story.goesOnTo("userTask_decideNextStep");

        JsonNode breach = looks(key).path(0);
        assertThat(breach.path("verdict").asText()).isEqualTo("BREACHED");
        assertThat(breach.path("errors").asInt()).isBetween(20, REQUESTS);
        assertThat(breach.path("sentence").asText()).contains("requests failed", "threshold 5.0 %", "not chance");
        assertThat(targets.route(ROUTE).orElseThrow().serviceId()).isEqualTo(served);
        assertThat(use()).isEqualTo(200);
        JsonNode deployment = callers.read(callers.program("oscar").get("/api/v1/releases/" + key + "/deployment"))
                .findParents("failure")
                .get(0);
        assertThat(deployment.path("failure").asText())
                .isEqualTo(breach.path("sentence").asText());

        story.expecting(ReleaseOutcome.ROLLED_BACK).goesOnTo(ReleaseState.CLOSED);
        assertThat(story.release().outcome()).contains(ReleaseOutcome.ROLLED_BACK);
    }

    private JsonNode looks(String key) {
        return callers.read(callers.program("oscar").get("/api/v1/releases/" + key + "/deployment/traffic"));
    }

    private void kill(String service) {
        long pid = Objects.requireNonNull(targets.service(service).orElseThrow().pid());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        ReleaseStory.await("the end of " + service, () -> !process.isAlive(), () -> "it lives");
    }

    private int use() throws IOException, InterruptedException {
        URI address = targets.addressOf(ROUTE).resolve("version");
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
