package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The register of changes over the whole application: an auditor asks for the changes of a period. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
@Capability("8.1")
class ChangesScenarioTest {

    private static final String VERSION = "28.1.7";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople people;

    private JsonNode change(String login, String query, String release) {
        HttpResponse<String> answer = callers.program(login).get("/api/v1/changes?size=100&" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (JsonNode change : callers.read(answer).path("content")) {
            if (change.path("release").asText().equals(release)) {
                return change;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    @Test
    void theChangesOfAPeriodAreListedWithStateAndOutcome() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_approveChange");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String period = "from=" + today.minusDays(1) + "&to=" + today.plusDays(1) + "&system=storefront";

        JsonNode running = change("aldo", period, story.key());
        assertThat(running.path("number").asText()).startsWith("CHG-");
        assertThat(running.path("state").asText()).isEqualTo("ASSESSING");
        assertThat(running.path("releaseClass").asText()).isIn("MAJOR", "MINOR");
        assertThat(running.path("outcome").isTextual()).isFalse();
        assertThat(change("aldo", "to=" + today.minusDays(2), story.key()).isMissingNode())
                .isTrue();

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        hand.turn(story.key());

        JsonNode ended = change("oscar", period + "&state=CLOSED&outcome=CANCELLED", story.key());
        assertThat(ended.path("number")).isEqualTo(running.path("number"));
        assertThat(ended.path("closedAt").isTextual()).isTrue();
        assertThat(callers.person("chiara").get("/changes?" + period).body())
                .contains(running.path("number").asText(), "Cancelled");
        assertThat(callers.program("aldo")
                        .get("/api/v1/changes/export?" + period)
                        .body())
                .contains(running.path("number").asText() + "," + story.key());
        assertThat(callers.program("dora").get("/api/v1/changes").statusCode()).isEqualTo(403);
    }
}
