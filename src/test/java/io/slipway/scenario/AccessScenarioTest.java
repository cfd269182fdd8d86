package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Roles by system and environment over the whole application, who was refused, and who had which role when. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
@Capability("8.4")
class AccessScenarioTest {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople sample;

    @Autowired
    private People people;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Permissions permissions;

    private String somebody(String login, String... groups) {
        return people.register(new NewPerson(
                login, "Somebody " + login, login + "@storefront.example", SamplePeople.PASSWORD, Set.of(groups)));
    }

    private List<JsonNode> held(String query) {
        List<JsonNode> rows = new ArrayList<>();
        for (int page = 0; ; page++) {
            HttpResponse<String> answer = callers.program("aldo").get("/api/v1/access?size=100&page=" + page + query);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode told = callers.read(answer);
            told.path("content").forEach(rows::add);
            if (page + 1 >= told.path("pages").asInt()) {
                return rows;
            }
        }
    }

    @Test
    void aDeployerOfOneEnvironmentDecidesThereAndNowhereElse() {
        landscape.add("elsewhere28", "Elsewhere", false);
        landscape.addEnvironment(
                "elsewhere28", "production", "Production", io.slipway.release.Environment.Tier.PRODUCTION, 1, 1);
        String here = somebody("dean28", "deployer@storefront.production");
        String there = somebody("drew28", "deployer@elsewhere28.production");
        String below = somebody("dina28", "deployer@storefront.staging");
        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.14.0", "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_acceptGo");
        Task go = story.awaited("userTask_acceptGo");
        for (Map.Entry<String, String> other :
                Map.of("drew28", there, "dina28", below).entrySet()) {
            HttpResponse<String> refused = callers.program(other.getKey())
                    .json(
                            "POST",
                            callers.rest("/task/" + go.getId() + "/claim"),
                            callers.write(Map.of("userId", other.getValue())));
            assertThat(refused.statusCode()).as(other.getKey() + refused.body()).isNotEqualTo(204);
        }
        assertThat(callers.program("drew28")
                        .get("/api/v1/releases/" + story.key())
                        .statusCode())
                .isEqualTo(404);
        assertThat(callers.program("dean28")
                        .get("/api/v1/releases/" + story.key())
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> claimed = callers.program("dean28")
                .json("POST", callers.rest("/task/" + go.getId() + "/claim"), callers.write(Map.of("userId", here)));
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
        HttpResponse<String> decided = callers.program("dean28")
                .json(
                        "POST",
                        callers.rest("/task/" + go.getId() + "/submit-form"),
                        callers.variables(Map.of("goDecision", "NO_GO", "goReason", "Not tonight.")));
        assertThat(decided.statusCode()).as(decided.body()).isBetween(200, 204);

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);
    }

    @Test
    void whoOperatesOrKeepsTheDataOfOneEnvironmentActsThereAndNowhereElse() {
        somebody("olaf28", "operations@storefront.staging");
        somebody("olga28", "operations@storefront.production");
        somebody("dunja28", "dba@storefront.production");
        somebody("doris28", "dba@storefront.staging");
        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.4.5", "2.4.0", application)
                .movedBy(hand::turn);
        assertThat(setsValue("olaf28", "staging")).isEqualTo(201);
        assertThat(setsValue("olaf28", "production")).isEqualTo(403);
        assertThat(setsValue("olga28", "production")).isEqualTo(201);
        assertThat(setsValue("olga28", "staging")).isEqualTo(403);
        assertThat(setsValue("oscar", "staging")).as("who operates everywhere").isEqualTo(201);

        assertThat(runsScript("olaf28", story, "production")).isEqualTo(403);
        assertThat(runsScript("olaf28", story, "staging"))
                .as("no script is known")
                .isEqualTo(400);
        assertThat(runsScript("olga28", story, "staging")).isEqualTo(403);
        assertThat(runsScript("olga28", story, "production")).isEqualTo(400);

        String at = "/api/v1/releases/" + story.key();
        assertThat(callers.program("doris28")
                        .json("POST", at + "/migrations/approve", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.program("dunja28")
                        .json("POST", at + "/migrations/approve", "")
                        .statusCode())
                .as("nothing is rehearsed")
                .isEqualTo(400);
        assertThat(callers.program("olaf28")
                        .json("POST", at + "/rollback", "{\"reason\":\"It fails.\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.program("olga28")
                        .json("POST", at + "/rollback", "{\"reason\":\"It fails.\"}")
                        .statusCode())
                .as("nothing is deployed yet")
                .isEqualTo(400);

        JsonNode denied = callers.read(callers.program("aldo").get("/api/v1/audit?action=access.deny&person=olaf28"))
                .path("content");
        assertThat(denied.findValuesAsText("subject"))
                .contains("/api/v1/configuration", at + "/scripts/runs", at + "/rollback");
        callers.program("mara").json("POST", at + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);
    }

    private int setsValue(String login, String environment) {
        return callers.program(login)
                .json(
                        "POST",
                        "/api/v1/configuration",
                        callers.write(Map.of(
                                "system", "storefront",
                                "environment", environment,
                                "name", "access.check",
                                "value", "28")))
                .statusCode();
    }

    private int runsScript(String login, ReleaseStory story, String environment) {
        return callers.program(login)
                .json(
                        "POST",
                        "/api/v1/releases/" + story.key() + "/scripts/runs",
                        callers.write(Map.of("kind", "DEPLOY", "environment", environment)))
                .statusCode();
    }

    @Test
    void everyRefusalForLackOfARoleLeavesAnEntry() {
        somebody("nora28", "service-desk");
        assertThat(callers.program("nora28").get("/api/v1/audit").statusCode()).isEqualTo(403);
        assertThat(callers.person("nora28").get("/models").statusCode()).isEqualTo(403);
        HttpResponse<String> blackout = callers.program("nora28")
                .json(
                        "POST",
                        "/api/v1/blackouts",
                        "{\"name\":\"x\",\"start\":\"2999-01-01T00:00:00Z\",\"end\":\"2999-01-02T00:00:00Z\",\"zone\":\"UTC\"}");
        assertThat(blackout.statusCode()).isEqualTo(403);

        JsonNode denied = callers.read(callers.program("aldo").get("/api/v1/audit?action=access.deny&person=nora28"))
                .path("content");
        assertThat(denied.findValuesAsText("subject")).contains("/api/v1/audit", "/models", "/api/v1/blackouts");
        assertThat(denied.at("/0/after/person").asText())
                .isEqualTo(people.findByLogin("nora28").orElseThrow().id());

        for (int i = 0; i < 45; i++) {
            callers.program("nora28").get("/api/v1/audit");
        }
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=access.deny&person=nora28&size=100"))
                        .path("content"))
                .as("bounded")
                .hasSizeLessThan(48);
    }

    @Test
    void aRefusalThatIsToldAsNotFoundLeavesAnEntryOfTheRelease() {
        landscape.add("hidden28", "Hidden", false);
        landscape.addEnvironment(
                "hidden28", "production", "Production", io.slipway.release.Environment.Tier.PRODUCTION, 1, 1);
        HttpResponse<String> requested = callers.program("mara")
                .json(
                        "POST",
                        "/api/v1/releases",
                        "{\"system\":\"hidden28\",\"version\":\"28.4.1\",\"title\":\"Of nobody's concern\",\"urgency\":\"NORMAL\"}");
        assertThat(requested.statusCode()).as(requested.body()).isEqualTo(201);
        somebody("pete28", "product-owner@storefront");

        assertThat(callers.program("pete28")
                        .get("/api/v1/releases/hidden28-28.4.1/scope")
                        .statusCode())
                .isEqualTo(404);
        assertThat(callers.person("pete28").get("/releases/hidden28-28.4.1").statusCode())
                .isEqualTo(404);
        assertThat(callers.program("pete28")
                        .json("POST", "/api/v1/releases/hidden28-28.4.1/comments", "{\"text\":\"Hello\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(callers.program("pete28")
                        .get("/api/v1/releases/hidden28-99.0.0")
                        .statusCode())
                .isEqualTo(404);

        JsonNode denied = callers.read(
                        callers.program("aldo").get("/api/v1/audit?action=access.deny&release=hidden28-28.4.1"))
                .path("content");
        assertThat(denied.findValuesAsText("subject"))
                .containsExactlyInAnyOrder(
                        "/api/v1/releases/hidden28-28.4.1/scope",
                        "/releases/hidden28-28.4.1",
                        "/api/v1/releases/hidden28-28.4.1/comments");
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=access.deny&person=pete28"))
                        .path("content"))
                .as("what does not exist is refused to nobody")
                .hasSize(3);
        for (int i = 0; i < 45; i++) {
            callers.program("pete28").get("/api/v1/releases/hidden28-28.4.1");
        }
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=access.deny&person=pete28&size=100"))
                        .path("content"))
                .as("bounded")
                .hasSizeLessThan(62);
        callers.program("mara")
                .json("POST", "/api/v1/releases/hidden28-28.4.1/cancel", "{\"reason\":\"Enough was seen.\"}");
        hand.turn("hidden28-28.4.1");
    }

    @Test
    void tellsWhoHadWhichRoleWhen() {
        String lara = somebody("lara28", "qa");
        assertThat(held(""))
                .anyMatch(row -> row.path("person").asText().equals(lara)
                        && row.path("group").asText().equals("qa"));
        assertThat(held("&on=2020-01-01")).isEmpty();
        assertThat(permissions.has(lara, Role.QA)).isTrue();

        people.deactivate(lara);

        assertThat(held("")).noneMatch(row -> row.path("person").asText().equals(lara));
        assertThat(callers.person("aldo").get("/access").body())
                .contains(sample.named("ada").name(), "Deployer", SampleLandscape.SYSTEM);
        assertThat(callers.program("aldo").get("/api/v1/access?on=once").body()).contains("'on' is a day");
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=access.revoke&size=100"))
                        .path("content")
                        .findValuesAsText("subject"))
                .contains("qa");
    }

    @Test
    void anAddressThatIsOnlySentToSaysSoOnAPage() {
        HttpResponse<String> answer = callers.person("mara").get("/lockdowns");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("This address answers POST only", "Sign out");
    }
}
