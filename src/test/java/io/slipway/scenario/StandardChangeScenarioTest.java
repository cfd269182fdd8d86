package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.governance.approvals.ApprovalDecision;
import io.slipway.governance.approvals.Approvals;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A release made from an approved template is authorised by rule as long as the template holds, and by nothing else. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class StandardChangeScenarioTest {

    private static final String TEMPLATES = "/api/v1/standard-changes/";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Approvals approvals;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Test
    @Capability("1.3")
    void aTemplateThatHoldsAuthorisesByRuleAndOneThatWasSuspendedDoesNot() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "21.3.5", "2.6.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_proposeWindow");
        try {
            Visitor mara = callers.program("mara");
            propose(mara, "small-21", 10);
            propose(mara, "tiny-21", 1);
            HttpResponse<String> early = use(mara, story, "small-21");
            assertThat(early.statusCode()).isEqualTo(400);
            assertThat(early.body()).contains("is not approved");
            for (String key : List.of("small-21", "tiny-21")) {
                for (String approver : List.of("chiara", "carl")) {
                    assertThat(callers.program(approver)
                                    .json("POST", TEMPLATES + key + "/approval", "")
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
            assertThat(use(callers.program("quinn"), story, "small-21").statusCode())
                    .isEqualTo(403);
            JsonNode exceeded = callers.read(use(mara, story, "tiny-21"));
            assertThat(exceeded.path("holds").asBoolean()).isFalse();
            assertThat(exceeded.path("failures").toString()).contains("at most 1 are allowed");
            assertThat(approvals.standardChange(story.release())).isFalse();

            JsonNode used = callers.read(use(mara, story, "small-21"));
            assertThat(used.path("holds").asBoolean()).as(used.toString()).isTrue();
            assertThat(callers.person("mara")
                            .get("/releases/" + story.key() + "/scope")
                            .body())
                    .contains("small-21, version 1, approved once for all by", "authorises the release by rule");

            story.typing((task, inputs) -> {
                        assertThat(task.getTaskDefinitionKey()).isNotEqualTo("userTask_approveChange");
                        return inputs;
                    })
                    .goesOnTo("userTask_confirmReadiness");
            ApprovalDecision decision = approvals.decisions(story.release()).get(0);
            assertThat(decision.group()).isEqualTo("standard-change");
            assertThat(decision.reason())
                    .contains("small-21, version 1", callers.id("chiara"), callers.id("carl"), "until");
            assertThat(approvals.obstacles(story.release())).isEmpty();
            assertThat(callers.person("mara").get("/releases/" + story.key()).body())
                    .contains("By rule: the standard change small-21");

            assertThat(mara.json(
                                    "POST",
                                    TEMPLATES + "small-21/suspension",
                                    callers.write(Map.of("reason", "It went wrong elsewhere.")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(approvals.obstacles(story.release()).toString())
                    .contains("is not approved: suspended, It went wrong elsewhere.")
                    .contains("The approval by 'change-authority' is missing");
        } finally {
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(story.key());
        }
    }

    private HttpResponse<String> use(Visitor person, ReleaseStory story, String template) {
        return person.json("POST", TEMPLATES + template + "/releases/" + story.key(), "");
    }

    private void propose(Visitor person, String key, int mostEffort) {
        HttpResponse<String> proposed = person.json(
                "PUT",
                TEMPLATES + key,
                callers.write(Map.of(
                        "name",
                        "Small corrections",
                        "system",
                        "storefront",
                        "plan",
                        "Deploy it and look at it.",
                        "mostItems",
                        5,
                        "mostEffort",
                        mostEffort,
                        "mostRisk",
                        2,
                        "expiresAt",
                        Instant.now().plusSeconds(86_400).toString())));
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(200);
    }
}
