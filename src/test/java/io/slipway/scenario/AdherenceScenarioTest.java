package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.governance.adherence.AdherenceReviews;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Five deviations are planted in one release, and the scheduled review finds each of them. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
@Capability("8.5")
class AdherenceScenarioTest {

    private static final String BESIDE = "storefront-28.5.0/condition/beside";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople sample;

    @Autowired
    private Releases releases;

    @Autowired
    private AdherenceReviews reviews;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private PlatformTransactionManager transactions;

    private List<JsonNode> findings(String release) {
        List<JsonNode> found = new ArrayList<>();
        callers.read(callers.program("aldo").get("/api/v1/adherence?size=100"))
                .path("content")
                .forEach(finding -> {
                    if (finding.path("release").asText().equals(release)) {
                        found.add(finding);
                    }
                });
        return found;
    }

    @Test
    void eachOfFivePlantedDeviationsIsFoundAndMustBeCorrected() {
        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.5.0", "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_supplyItems");
        Release release = story.release();
        String root = release.processInstanceId().orElseThrow();
        HttpResponse<String> edited = callers.program("oscar")
                .json(
                        "PUT",
                        callers.rest("/process-instance/" + root + "/variables/remark"),
                        "{\"value\":\"seen\",\"type\":\"String\"}");
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(204);
        HttpResponse<String> more = callers.program("oscar")
                .json(
                        "POST",
                        callers.rest("/process-instance/" + root + "/variables"),
                        "{\"modifications\":{\"remark\":{\"value\":\"s3cr3t\"},\"other\":{\"value\":\"s3cr3t\"}}}");
        assertThat(more.statusCode()).as(more.body()).isEqualTo(204);
        obligations.open(new NewObligation(
                BESIDE,
                Optional.of(release.id()),
                Optional.of(release.system()),
                Obligations.Kind.CONDITION,
                "Watch the cache.",
                Role.OPERATIONS,
                Optional.empty(),
                Instant.now().plus(Duration.ofDays(3)),
                false));
        String scoping = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(story.key())
                .processDefinitionKey("scope-release")
                .singleResult()
                .getId();
        HttpResponse<String> moved = callers.program("oscar")
                .json(
                        "POST",
                        callers.rest("/process-instance/" + scoping + "/modification"),
                        "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_supplyItems\"}]}");
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(204);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            audit.record(AuditTrail.Entry.of(release.id(), "approval.decide", "round 1, nobody", Map.of(), Map.of()));
            releases.enter(release.id(), ReleaseState.DEPLOYING);
            releases.end(release.id(), ReleaseOutcome.UNSUCCESSFUL);
        });
        reviewed(story.key());

        List<JsonNode> found = findings(story.key());
        assertThat(found)
                .extracting(finding -> finding.path("rule").asText())
                .contains("SKIPPED_CONTROL", "ORDER_VIOLATION", "MOVED_TOKEN", "EDITED_VARIABLE", "HASTY_DECISION");
        assertThat(found)
                .allSatisfy(
                        finding -> assertThat(finding.path("evidence").asText()).isNotEmpty());
        assertThat(found)
                .filteredOn(finding -> finding.path("rule").asText().equals("MOVED_TOKEN"))
                .hasSize(1)
                .allSatisfy(finding ->
                        assertThat(finding.path("sentence").asText()).isEqualTo("A token was moved in scope-release."))
                .allSatisfy(this::isOfOscar);
        assertThat(found)
                .filteredOn(finding -> finding.path("rule").asText().equals("EDITED_VARIABLE"))
                .allSatisfy(this::isOfOscar)
                .extracting(finding -> finding.path("sentence").asText())
                .as("every variable of every edit, and no value")
                .containsExactlyInAnyOrder(
                        "The variable 'remark' of run-release was set.",
                        "The variable 'remark' of run-release was changed.",
                        "The variable 'other' of run-release was set.");
        assertThat(reviews.review()).as("each release is reviewed once").isZero();

        String key = found.get(0).path("key").asText();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("track-obligation")
                        .variableValueEquals("obligationKey", key)
                        .count())
                .as("a finding has a process of its own")
                .isOne();
        HttpResponse<String> corrected = callers.program("pia")
                .json(
                        "POST",
                        "/api/v1/obligations/fulfilment",
                        callers.write(Map.of("key", key, "evidence", "Rights of operations were looked at.")));
        assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
        assertThat(findings(story.key()))
                .filteredOn(finding -> finding.path("key").asText().equals(key))
                .allSatisfy(finding ->
                        assertThat(finding.path("correctedAt").asText()).isNotEmpty());
        assertThat(callers.person("pia").get("/adherence?rule=MOVED_TOKEN").body())
                .contains(story.key(), "Moved token", sample.named("oscar").name())
                .doesNotContain(callers.id("oscar"));
        assertThat(callers.program("aldo").get("/api/v1/adherence?rule=NONE").body())
                .contains("'rule' must be one of");
        isLookedAtAgain(story.key());
        runtime.deleteProcessInstance(root, "The story is over.");
    }

    /** A process beside the release goes on after its end, and so does the review. */
    private void isLookedAtAgain(String release) {
        int before = findings(release).size();
        String beside = runtime.createProcessInstanceQuery()
                .processDefinitionKey("track-obligation")
                .variableValueEquals("obligationKey", BESIDE)
                .singleResult()
                .getId();
        HttpResponse<String> late = callers.program("oscar")
                .json(
                        "PUT",
                        callers.rest("/process-instance/" + beside + "/variables/late"),
                        "{\"value\":\"seen\",\"type\":\"String\"}");
        assertThat(late.statusCode()).as(late.body()).isEqualTo(204);

        assertThat(reviews.review()).isOne();
        assertThat(reviews.review()).as("each deed is found once").isZero();
        assertThat(findings(release))
                .hasSize(before + 1)
                .filteredOn(finding -> finding.path("sentence").asText().contains("'late'"))
                .hasSize(1)
                .allSatisfy(this::isOfOscar)
                .allSatisfy(finding -> assertThat(finding.path("sentence").asText())
                        .isEqualTo("The variable 'late' of track-obligation was set."));
        obligations.fulfil(BESIDE, callers.id("oscar"), "It was watched.");
    }

    private void isOfOscar(JsonNode finding) {
        assertThat(finding.path("who").asText()).isEqualTo(sample.named("oscar").name());
        assertThat(Instant.parse(finding.path("happenedAt").asText())).isBefore(Instant.now());
    }

    /** The process that runs since the start of the program does it, job by job, its timer included. */
    private void reviewed(String key) {
        ProcessInstance running = runtime.createProcessInstanceQuery()
                .processDefinitionKey("review-adherence")
                .processInstanceBusinessKey("adherence")
                .singleResult();
        assertThat(running).as("one review process runs").isNotNull();
        for (int step = 0; step < 8 && findings(key).isEmpty(); step++) {
            Job job = management
                    .createJobQuery()
                    .processInstanceId(running.getId())
                    .singleResult();
            hand.execute(job);
        }
    }
}
