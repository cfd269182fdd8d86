package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What release managers expect on the first day: copies, remarks, and for every release who it waits for and since when. */
@GuardedApplication
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("10.3")
class ManagingReleasesScenarioTest {

    private static final String RELEASES = "/api/v1/releases";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople people;

    private ReleaseStory first;

    @BeforeAll
    void aReleaseThatHoldsAnEnvironment() {
        first = ReleaseStory.requestedBy(people.named("mara"), "27.0.0", "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyEvidence");
    }

    @AfterAll
    void giveUp() {
        cancel(first.key());
    }

    private void cancel(String key) {
        callers.program("mara").json("POST", RELEASES + "/" + key + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        hand.turn(key);
    }

    private HttpResponse<String> copied(String login, Map<String, Object> wish) {
        return callers.program(login).json("POST", RELEASES + "/" + first.key() + "/copies", callers.write(wish));
    }

    @Test
    void copiesAReleaseWithItsItemsAndANote() {
        HttpResponse<String> answer = copied(
                "mara", Map.of("version", "27.0.1", "withItems", "true", "note", "What 27.0.0 left <b>open</b>."));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode copy = callers.read(answer);
        String key = copy.path("key").asText();
        hand.turn(key);

        assertThat(copy.path("title").asText()).isEqualTo(first.release().title());
        assertThat(copy.path("state").asText()).isEqualTo("DRAFT");
        JsonNode items = callers.read(callers.program("paul").get(RELEASES + "/" + key + "/scope/items"));
        assertThat(items.path("total").asInt()).isPositive();
        assertThat(items.path("content").findValuesAsText("decision")).containsOnly("OPEN");
        JsonNode comments = callers.read(callers.program("quinn").get(RELEASES + "/" + key + "/comments"));
        assertThat(comments.path("content").path(0).path("text").asText()).isEqualTo("What 27.0.0 left <b>open</b>.");
        String page = callers.person("mara").get("/releases/" + key).body();
        assertThat(page)
                .contains("Copied from")
                .contains("What 27.0.0 left &lt;b&gt;open&lt;/b&gt;.")
                .doesNotContain("<b>open</b>");
        cancel(key);
    }

    @Test
    void copiesNothingUnderAVersionThatIsTakenOrNone() {
        assertThat(copied("mara", Map.of("version", "27.0.0")).statusCode()).isEqualTo(400);
        assertThat(copied("mara", Map.of("version", "1.2")).body()).contains("SemVer");
        assertThat(copied("mara", Map.of("version", "27.0.9", "note", "x".repeat(4001)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(callers.program("mara").get(RELEASES + "/storefront-27.0.9").statusCode())
                .isEqualTo(404);
        assertThat(copied("quinn", Map.of("version", "27.0.9")).statusCode()).isEqualTo(403);
    }

    @Test
    void keepsWhatPeopleRemarkWithNameAndTime() {
        Visitor sam = callers.person("sam");
        sam.form(
                "/releases/" + first.key() + "/comments",
                Map.of("_csrf", sam.token(), "comment", "Two customers asked.\n${7*7}"));

        JsonNode newest = callers.read(callers.program("eva").get(RELEASES + "/" + first.key() + "/comments?size=1"))
                .path("content")
                .path(0);
        assertThat(newest.path("who").asText()).isEqualTo("Sam Whitaker");
        assertThat(newest.path("text").asText()).isEqualTo("Two customers asked.\n${7*7}");
        assertThat(callers.program("eva")
                        .json("POST", RELEASES + "/" + first.key() + "/comments", "{\"text\":\"I only read.\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.program("sam")
                        .json("POST", RELEASES + "/" + first.key() + "/comments", "{\"text\":\" \"}")
                        .statusCode())
                .isEqualTo(400);
        Visitor auditor = callers.person("aldo");
        assertThat(IntStream.range(0, 20)
                        .mapToObj(page -> auditor.get("/releases/" + first.key() + "/audit?page=" + page)
                                .body()))
                .anyMatch(page -> page.contains("release.comment"));
    }

    @Test
    void namesTheEnvironmentThatIsAwaitedAndTheReleaseThatHoldsIt() {
        ReleaseStory second = ReleaseStory.requestedBy(people.named("mara"), "27.0.2", "2.4.0", application)
                .movedBy(hand::turn);
        second.goesOnUntil(
                "the environment of the other", () -> waitOf(second.key()).contains("held by"));

        assertThat(waitOf(second.key())).isEqualTo("Environment development, held by " + first.key());
        assertThat(callers.person("mara").get("/releases?text=27.0.2").body())
                .contains("Environment development, held by " + first.key());
        cancel(second.key());
    }

    private String waitOf(String key) {
        JsonNode waits =
                callers.read(callers.program("mara").get(RELEASES + "/" + key)).path("waitsFor");
        return StreamSupport.stream(waits.spliterator(), false)
                .filter(wait -> wait.path("kind").asText().equals("TIMER"))
                .filter(wait -> !wait.path("since").asText().isEmpty())
                .map(wait -> wait.path("who").asText())
                .findFirst()
                .orElse("");
    }
}
