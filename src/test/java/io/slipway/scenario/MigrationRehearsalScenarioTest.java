package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.release.Contributions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Migrations of a package are rehearsed on a clone of the production data before production is touched. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class MigrationRehearsalScenarioTest {

    private static final String KEY = "storefront-25.3.0";
    private static final String ADDRESS = "/api/v1/releases/" + KEY + "/migrations";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Contributions contributions;

    @Test
    @Capability("5.3")
    void productionWaitsForARehearsalThatLosesNothingAndIsApproved() {
        assertThat(callers.program("dana")
                        .body(
                                "PUT",
                                "/api/v1/migrations/storefront/data",
                                "text/plain",
                                "create table orders (id integer primary key, total integer);"
                                        + " insert into orders values (1, 10), (2, 20);")
                        .statusCode())
                .isEqualTo(204);
        ReleaseStory story = ReleaseStory.requestedBy(
                        people.named("mara"), "25.3.0", "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyFiles");
        supply("V2__discount.sql", "alter table orders add discount integer;");
        supply("U2__discount.sql", "alter table orders drop column discount;");
        assertThat(callers.program("ravi")
                        .json("POST", ADDRESS + "/rehearse", "")
                        .body())
                .contains("No package");
        story.does("ravi", "userTask_supplyFiles");
        hand.turn(KEY);
        assertThat(obstacles(story)).anyMatch(sentence -> sentence.contains("are not rehearsed"));

        assertThat(callers.program("mara")
                        .json("POST", ADDRESS + "/rehearse", "")
                        .statusCode())
                .isEqualTo(403);
        JsonNode done = callers.read(callers.program("ravi").json("POST", ADDRESS + "/rehearse", ""));
        assertThat(done.path("passed").asBoolean()).as(done.toString()).isTrue();
        assertThat(done.path("report").path("steps").findValuesAsText("label")).containsOnly("EXPAND");
        assertThat(done.path("report").path("tables").path(0).path("rowsAfter").asInt())
                .isEqualTo(2);
        assertThat(obstacles(story)).anyMatch(sentence -> sentence.contains("has to approve"));
        assertThat(callers.program("ravi")
                        .json("POST", ADDRESS + "/approve", "")
                        .statusCode())
                .isEqualTo(403);
        Visitor dana = callers.person("dana");
        String page = "/releases/" + KEY + "/preparation";
        assertThat(dana.get(page).body())
                .contains(
                        "Passed",
                        "ORDERS",
                        done.path("report").path("fingerprintAfter").asText(),
                        done.path("report")
                                .path("tables")
                                .path(0)
                                .path("checksumAfter")
                                .asText(),
                        "Accept the rehearsal");
        assertThat(callers.person("ravi").get(page).body()).doesNotContain("Accept the rehearsal");
        assertThat(dana.form("/releases/" + KEY + "/migrations/approve", Map.of("_csrf", dana.token(page)))
                        .statusCode())
                .isEqualTo(302);
        assertThat(dana.get(page).body()).contains("Dana").doesNotContain("Accept the rehearsal");
        assertThat(obstacles(story)).noneMatch(sentence -> sentence.contains("migrations"));
        assertThat(callers.read(callers.program("quinn").get(ADDRESS))
                        .path("approvedBy")
                        .asText())
                .isEqualTo(callers.id("dana"));

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + KEY + "/cancel", "{\"reason\":\"The test is over.\"}");
        hand.turn(KEY);
        assertThat(story.release().state()).isEqualTo(ReleaseState.CANCELLED);
    }

    private List<String> obstacles(ReleaseStory story) {
        return contributions.obstacles(
                story.release(), new ProductionTouch("production", "0".repeat(64), "0".repeat(64)));
    }

    private void supply(String name, String sql) {
        HttpResponse<String> answer = callers.program("ravi")
                .body("PUT", "/api/v1/releases/" + KEY + "/packaging/files/" + name, "application/octet-stream", sql);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }
}
