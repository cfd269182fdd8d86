package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SamplePeople;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Packaging from the developers' files to the seal, each part of it by the people of the sample over HTTP. */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PackagingScenarioTest {

    private static final String OCTETS = "application/octet-stream";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    private final Map<String, ReleaseStory> stories = new LinkedHashMap<>();

    @AfterAll
    void leaveNothingHalfWay() {
        for (String key : stories.keySet()) {
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + key + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(key);
        }
    }

    @Test
    @Capability("3.2")
    void aRebuildGivesTheBytesThatWereHandedIn() throws IOException {
        String key = atItsFiles("23.2.0");
        Path jar = application.getBean(DemoStage.class).build("2.4.0").jar();
        handIn(key, "storefront-2.4.0.jar", Files.readAllBytes(jar));

        JsonNode rebuild = rebuilt(key, "v2.4.0");

        assertThat(rebuild.path("verdict").asText()).as(rebuild.toString()).isEqualTo("REPRODUCIBLE");
        assertThat(rebuild.path("builds")).hasSize(2).allSatisfy(build -> {
            assertThat(build.path("succeeded").asBoolean()).isTrue();
            assertThat(build.path("inputs").path("TZ").asText()).isEqualTo("UTC");
            assertThat(build.path("toolchain").asText()).contains("version");
            assertThat(build.path("outputs").get(0).path("name").asText()).isEqualTo("storefront-2.4.0.jar");
        });
        assertThat(callers.person("dora").get("/releases/" + key + "/packaging").body())
                .contains("Reproducible: every file has the same digest");
    }

    @Test
    @Capability("3.2")
    void anotherPersonReviewsWhatARebuildShows() throws IOException {
        String key = atItsFiles("23.2.1");
        Path jar = application.getBean(DemoStage.class).build("2.3.0").jar();
        handIn(key, "storefront-2.4.0.jar", Files.readAllBytes(jar));

        JsonNode rebuild = rebuilt(key, "v2.4.0");

        assertThat(rebuild.path("verdict").asText()).isEqualTo("DIFFERS");
        assertThat(rebuild.path("findings").toString()).contains("storefront-2.4.0.jar!VERSION has other bytes");
        assertThat(rebuild.path("settled").asBoolean()).isFalse();
        stories.get(key)
                .completes(
                        "sefa",
                        "userTask_reviewDifferences",
                        Map.of("differencesVerdict", "ACCEPTED", "differencesReason", "An older build, on purpose."));
        assertThat(get("dora", key, "/rebuilds").get(0).path("settled").asBoolean())
                .isTrue();
        JsonNode wrong = callers.read(callers.program("dora")
                .json("POST", "/api/v1/releases/" + key + "/packaging/rebuilds", "{\"revision\":\"--upload-pack=x\"}"));
        assertThat(wrong.toString()).contains("revision", "is no revision");
    }

    private JsonNode rebuilt(String key, String revision) {
        HttpResponse<String> asked = callers.program("dora")
                .json(
                        "POST",
                        "/api/v1/releases/" + key + "/packaging/rebuilds",
                        callers.write(Map.of("revision", revision)));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        hand.turn(key);
        return get("dora", key, "/rebuilds").get(0);
    }

    /** A release that waits for its files. */
    private String atItsFiles(String version) {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn);
        stories.put(story.key(), story);
        story.goesOnTo("userTask_supplyFiles");
        return story.key();
    }

    private void handIn(String key, String name, byte[] bytes) {
        HttpResponse<String> answer = put(key, name, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> put(String key, String name, byte[] bytes) {
        return callers.program("ravi")
                .bytes("PUT", "/api/v1/releases/" + key + "/packaging/files/" + name, OCTETS, bytes);
    }

    private JsonNode get(String login, String key, String path) {
        Visitor program = callers.program(login);
        HttpResponse<String> answer = program.get("/api/v1/releases/" + key + "/packaging" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }
}
