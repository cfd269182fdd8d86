package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.AuditTrail;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseState;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Controls tied to models and steps, and what people ask about their own data, over the whole application. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
@Capability("8.3")
class ComplianceScenarioTest {

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
    private EngineAccess access;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private PlatformTransactionManager transactions;

    private static JsonNode control(JsonNode all, String key) {
        for (JsonNode control : all) {
            if (control.path("control").asText().equals(key)) {
                return control;
            }
        }
        return MissingNode.getInstance();
    }

    /** What somebody did, as the trail has it. */
    private void acted(String person, @Nullable ReleaseId release, String action) {
        access.as(person, () -> {
            new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> audit.record(new AuditTrail.Entry(
                            Optional.ofNullable(release), action, "something", Map.of(), Map.of())));
            return true;
        });
    }

    private HttpResponse<String> erasure(String login, String path, String person) {
        return callers.program(login)
                .json(
                        "POST",
                        "/api/v1/privacy/erasures" + path,
                        callers.write(Map.of("person", person, "reason", "Asked in a letter.")));
    }

    @Test
    void coverageComesFromMarkedElementsAndFromTheStepsOfTheRelease() {
        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.3.0", "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_approveChange");
        JsonNode before = callers.read(callers.program("aldo").get("/api/v1/releases/" + story.key() + "/controls"));
        assertThat(control(before, "hipaa-risk").path("verdict").asText()).isEqualTo("Covered");
        assertThat(control(before, "hipaa-risk").at("/elements/0/element").asText())
                .isEqualTo("userTask_assessRisk");
        assertThat(control(before, "hipaa-risk").path("evidence")).isNotEmpty();
        assertThat(control(before, "sox-authorised").path("verdict").asText()).isEqualTo("Not yet");
        assertThat(control(before, "sox-emergency").path("verdict").asText()).isEqualTo("Did not apply");
        assertThat(control(before, "sox-tested").path("executed").asLong()).isOne();

        story.does("chiara", "userTask_approveChange");
        JsonNode after = callers.read(callers.program("aldo").get("/api/v1/releases/" + story.key() + "/controls"));
        assertThat(control(after, "sox-authorised").path("verdict").asText()).isEqualTo("Covered");

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);
        JsonNode ended = callers.read(callers.program("aldo").get("/api/v1/releases/" + story.key() + "/controls"));
        assertThat(control(ended, "sox-separation").path("verdict").asText()).isEqualTo("Missing");
        JsonNode period = callers.read(callers.program("aldo").get("/api/v1/compliance"));
        assertThat(control(period, "sox-authorised").path("elements")).hasSize(1);
        assertThat(control(period, "sox-access").path("verdict").asText()).isEqualTo("Shown");
        assertThat(callers.person("aldo").get("/compliance").body())
                .contains("Changes are authorised before production", "Approve change", "164.312(c)(1)");
        assertThat(callers.person("aldo")
                        .get("/compliance?release=" + story.key())
                        .body())
                .contains("Missing: " + story.key());
        assertThat(callers.program("quinn").get("/api/v1/compliance").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPersonGetsACopyAndIsErasedByTwoUnlessTheIdentityIsKept() {
        String rita = people.register(new NewPerson(
                "rita28",
                "Rita Respondent",
                "rita28@storefront.example",
                SamplePeople.PASSWORD,
                Set.of("service-desk")));
        callers.program("rita28").get("/api/v1/audit");

        HttpResponse<String> copy = callers.program("ada").get("/api/v1/privacy/copy?person=rita28");
        assertThat(copy.statusCode()).as(copy.body()).isEqualTo(200);
        JsonNode told = callers.read(copy);
        assertThat(told.path("mail").asText()).isEqualTo("rita28@storefront.example");
        assertThat(told.at("/groups/0").asText()).isEqualTo("service-desk");
        assertThat(told.path("entries").findValuesAsText("action")).contains("access.deny");
        assertThat(callers.program("ada")
                        .get("/api/v1/privacy/copy?person=rita28&format=csv")
                        .body())
                .startsWith("what,when,name,value")
                .contains("Rita Respondent");

        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.3.1", "2.4.0", application)
                .movedBy(hand::turn);
        String wanda = people.register(new NewPerson(
                "wanda28",
                "Wanda Waiver",
                "wanda28@storefront.example",
                SamplePeople.PASSWORD,
                Set.of("service-desk")));
        acted(wanda, story.release().id(), "communication.enterIssue");
        assertThat(erasure("ada", "", "wanda28").body())
                .contains("has a part in " + story.key() + ", which is not closed");
        String gwen = people.register(new NewPerson(
                "gwen28", "Gwen Grant", "gwen28@storefront.example", SamplePeople.PASSWORD, Set.of("service-desk")));
        acted(gwen, null, "scope.grantExitWaiver");
        HttpResponse<String> granted = erasure("ada", "", "gwen28");
        assertThat(granted.statusCode()).isEqualTo(400);
        assertThat(granted.body()).contains("took a decision that stands");
        HttpResponse<String> kept = erasure("ada", "", "mara");
        assertThat(kept.statusCode()).isEqualTo(400);
        assertThat(kept.body()).contains("is kept until", "Art. 17(3)(b)");
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=privacy.refuseErasure"))
                        .at("/content/0/after/ground")
                        .asText())
                .isNotEmpty();

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);

        assertThat(erasure("ada", "", "rita28").statusCode()).isEqualTo(202);
        assertThat(erasure("ada", "/confirmation", "rita28").body()).contains("another administrator");
        assertThat(callers.person("alan").get("/privacy").body()).contains("Rita Respondent", "Asked in a letter.");
        HttpResponse<String> erased = erasure("alan", "/confirmation", "rita28");
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(204);

        assertThat(people.find(rita).orElseThrow().state()).isEqualTo(Person.State.ERASED);
        assertThat(people.findByLogin("rita28")).isEmpty();
        assertThat(people.name(rita)).isEqualTo("[erased]");
        assertThat(callers.person("aldo")
                        .get("/audit?action=access.deny&person=" + rita)
                        .body())
                .contains("[erased]")
                .doesNotContain("Rita Respondent");
        assertThat(callers.read(callers.program("aldo").get("/api/v1/audit?action=privacy.erase"))
                        .at("/content/0/subject")
                        .asText())
                .isEqualTo(rita);
        assertThat(callers.program("mara")
                        .get("/api/v1/privacy/copy?person=mara")
                        .statusCode())
                .isEqualTo(403);
    }
}
