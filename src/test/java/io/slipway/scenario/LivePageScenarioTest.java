package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.deployment.live.LiveStreams;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.TestDatabase;
import io.slipway.testing.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Operations watch a release go to production: what happens is pushed to them, and the page replays it afterwards. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class LivePageScenarioTest {

    private static final String KEY = "storefront-25.5.0";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private LiveStreams streams;

    @Test
    @Capability("5.5")
    void whatHappensIsPushedAndReplaysAfterwards() throws Exception {
        ReleaseStory story = ReleaseStory.requestedBy(
                        people.named("mara"), "25.5.0", "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_acceptGo");
        Visitor oscar = callers.person("oscar");
        JsonNode before = live("");
        assertThat(before.path("sheet").findValuesAsText("what"))
                .contains("Transfer package", "Switch traffic", "Verify live");
        assertThat(before.path("sheet").findValuesAsText("progress")).contains("PLANNED", "DONE");
        assertThat(before.path("decisions").findValuesAsText("what")).contains("Accept go or no-go");

        try (Stream stream = new Stream(oscar)) {
            stream.await("event:changed");
            int told = stream.told();
            story.goesOnTo(ReleaseState.VALIDATING);
            ReleaseStory.await("another event", () -> stream.told() > told, stream::toString);
            String page = oscar.get("/releases/" + KEY + "/live").body();
            assertThat(page).contains("Run sheet", "Failed requests", "Decisions needed now", "Switch traffic");
            assertThat(oscar.get("/releases/" + KEY + "/live/sheet").body())
                    .contains("Nobody has used 25.5.0")
                    .doesNotContain("<html");

            assertThat(streams.open()).isPositive();
            oscar.form("/logout", Map.of("_csrf", oscar.token("/releases")));
            ReleaseStory.await("the end of the stream with the session", stream::ended, stream::toString);
        }

        JsonNode now = live("");
        JsonNode switched = step(now, "Switch traffic");
        assertThat(switched.path("progress").asText()).isEqualTo("DONE");
        assertThat(switched.path("owner").asText()).isEqualTo("Slipway");
        assertThat(switched.path("after").asText()).isEqualTo("Check health");
        assertThat(Instant.parse(switched.path("planned").asText())).isNotNull();
        assertThat(step(now, "Accept go or no-go").path("owner").asText()).isEqualTo("Derek Stone");

        story.goesOnTo(ReleaseState.CLOSED);
        assertThat(story.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
        JsonNode past = live("?at=" + switched.path("began").asText());
        // A server keeps moments in whole seconds, and one may hold the step whole and the next one besides.
        if (!TestDatabase.isServer()) {
            assertThat(step(past, "Switch traffic").path("progress").asText()).isEqualTo("UNDER_WAY");
            assertThat(step(past, "Verify live").path("progress").asText()).isEqualTo("PLANNED");
        }
        assertThat(step(past, "Transfer package").path("progress").asText()).isEqualTo("DONE");
        assertThat(callers.program("oscar")
                        .get("/api/v1/releases/" + KEY + "/live?at=yesterday")
                        .statusCode())
                .isBetween(400, 422);
    }

    private JsonNode live(String parameters) {
        return callers.read(callers.program("oscar").get("/api/v1/releases/" + KEY + "/live" + parameters));
    }

    private static JsonNode step(JsonNode state, String what) {
        for (JsonNode row : state.path("sheet")) {
            if (row.path("what").asText().equals(what)) {
                return row;
            }
        }
        throw new AssertionError("The sheet has no " + what + ": " + state.path("sheet"));
    }

    /** What a browser hears. */
    private final class Stream implements AutoCloseable {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final InputStream body;

        Stream(Visitor visitor) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/releases/" + KEY + "/live/events"))
                    .header("Accept", "text/event-stream")
                    .header(
                            "Cookie",
                            "JSESSIONID=" + visitor.cookie("JSESSIONID").orElseThrow())
                    .build();
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            body = answer.body();
            Thread reader = new Thread(this::read, "event-reader");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException closed) {
                lines.add("closed: " + closed.getMessage());
            }
            ended.set(true);
        }

        int told() {
            return (int)
                    lines.stream().filter(line -> line.equals("event:changed")).count();
        }

        void await(String line) {
            ReleaseStory.await(line, () -> List.copyOf(lines).contains(line), this::toString);
        }

        boolean ended() {
            return ended.get();
        }

        @Override
        public String toString() {
            return lines.toString();
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
