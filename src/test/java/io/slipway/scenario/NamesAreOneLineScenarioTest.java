package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What names something becomes a heading, a subject or a cell, and so it is one line wherever it is entered. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class NamesAreOneLineScenarioTest {

    private static final String TWO_LINES = "First line\r\nBcc: second line";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    private record Named(String login, String method, String path, String field, Map<String, ?> body) {}

    @Test
    @Capability({"1.3", "1.6", "2.1", "2.3", "6.1", "6.4", "6.5"})
    void aNameOfTwoLinesIsRefusedWhereverItIsEntered() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "28.4.1", "2.6.0", application);
        String release = "/api/v1/releases/" + story.key();
        Instant later = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        List<Named> all = List.of(
                new Named(
                        "quinn",
                        "POST",
                        release + "/issues",
                        "title",
                        Map.of("title", TWO_LINES, "effect", "x", "workaround", "x")),
                new Named(
                        "mara",
                        "POST",
                        release + "/questions",
                        "key",
                        Map.of("key", TWO_LINES, "question", "Who gives way?")),
                new Named(
                        "mara",
                        "POST",
                        release + "/materials",
                        "item",
                        Map.of("kind", "TRAINING", "audience", "service", "item", TWO_LINES)),
                new Named(
                        "mara",
                        "PUT",
                        release + "/scope/metrics/uptime",
                        "name",
                        Map.of(
                                "name",
                                TWO_LINES,
                                "formula",
                                "x",
                                "baseline",
                                "1",
                                "target",
                                "2",
                                "direction",
                                "AT_LEAST",
                                "source",
                                "AVAILABILITY")),
                new Named(
                        "mara",
                        "POST",
                        release + "/scope/assumptions",
                        "party",
                        Map.of("statement", "x", "party", TWO_LINES, "impact", "x", "validUntil", later.toString())),
                new Named(
                        "sam",
                        "POST",
                        release + "/feedback/reports",
                        "title",
                        Map.of("title", TWO_LINES, "reportedAt", "2026-01-01T00:00:00Z")),
                new Named(
                        "mara",
                        "PUT",
                        "/api/v1/standard-changes/lines-28",
                        "name",
                        Map.of(
                                "name",
                                TWO_LINES,
                                "system",
                                "storefront",
                                "plan",
                                "x",
                                "mostItems",
                                1,
                                "mostEffort",
                                1,
                                "mostRisk",
                                1,
                                "expiresAt",
                                later.toString())),
                new Named(
                        "quinn",
                        "POST",
                        "/api/v1/bookings",
                        "key",
                        Map.of(
                                "release",
                                story.key(),
                                "environment",
                                "staging",
                                "start",
                                later.toString(),
                                "end",
                                later.plusSeconds(600).toString(),
                                "purpose",
                                "x",
                                "key",
                                TWO_LINES)),
                new Named(
                        "mara",
                        "POST",
                        "/api/v1/calendars",
                        "region",
                        Map.of(
                                "kind",
                                "DENY",
                                "name",
                                "x",
                                "region",
                                TWO_LINES,
                                "rule",
                                "DTSTART;TZID=UTC:20260101T000000\nDURATION:PT1H")),
                new Named(
                        "mara",
                        "PUT",
                        "/api/v1/regions/storefront",
                        "regions",
                        Map.of("regions", List.of(Map.of("name", TWO_LINES, "zone", "Europe/Zurich")))),
                new Named(
                        "dana",
                        "POST",
                        "/api/v1/refreshes",
                        "sourceVersion",
                        Map.of(
                                "system",
                                "storefront",
                                "environment",
                                "staging",
                                "sourceVersion",
                                TWO_LINES,
                                "masked",
                                List.of("customer.mail"),
                                "references",
                                List.of(),
                                "configuration",
                                40,
                                "topology",
                                20,
                                "load",
                                10)));
        for (Named each : all) {
            HttpResponse<String> answer =
                    callers.program(each.login()).json(each.method(), each.path(), callers.write(each.body()));

            assertThat(answer.statusCode())
                    .as("%s: %s", each.path(), answer.body())
                    .isEqualTo(400);
            JsonNode problem = callers.read(answer);
            assertThat(problem.path("field").asText()).as(answer.body()).isEqualTo(each.field());
            assertThat(problem.path("detail").asText())
                    .as(each.path())
                    .isEqualTo("Please write '" + each.field() + "' on one line.");
        }
        assertThat(callers.program("mara")
                        .json("POST", release + "/cancel", callers.write(Map.of("reason", "It was only tried out.")))
                        .statusCode())
                .isLessThan(300);
        hand.turn(story.key());
    }
}
