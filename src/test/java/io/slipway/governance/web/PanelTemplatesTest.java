package io.slipway.governance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.governance.approvals.ApprovalDecision;
import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.SignedPart;
import io.slipway.governance.approvals.Verdict;
import io.slipway.governance.risk.RiskAdjustment;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.NewChange;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.release.ClosingCondition.Finding;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Words;
import io.slipway.validation.StepResult;
import io.slipway.validation.SyntheticRun;
import io.slipway.validation.Validation;
import io.slipway.validation.closing.ClosingEvaluation;
import io.slipway.validation.closing.EmergencyReview;
import io.slipway.validation.closing.ReleaseClosure;
import io.slipway.validation.closing.ReviewVerdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** The panels of governance and validation, drawn with nothing and with everything there is. */
@SpringBootTest(
        classes = {ThymeleafAutoConfiguration.class, Words.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "slipway.data=target/data/${random.uuid}")
@ImportAutoConfiguration(ThymeleafAutoConfiguration.class)
@SuppressWarnings("NullAway.Init")
class PanelTemplatesTest {

    private static final Instant THEN = Instant.parse("2026-03-02T09:00:00Z");

    @Autowired
    private SpringTemplateEngine engine;

    @Autowired
    private ApplicationContext beans;

    private String drawn(String template, Map<String, Object> model) {
        MockServletContext servlet = new MockServletContext();
        WebContext context = new WebContext(JakartaServletWebApplication.buildApplication(servlet)
                .buildExchange(new MockHttpServletRequest(servlet), new MockHttpServletResponse()));
        context.setVariable("release", ReleaseFixture.storefront("2.4.0"));
        context.setVariables(model);
        context.setVariable("times", new ReaderTimes(ZoneOffset.UTC, THEN));
        context.setVariable(
                ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
                new ThymeleafEvaluationContext(beans, null));
        return engine.process(template, Set.of("panel"), context);
    }

    @Test
    void saysWhatIsToComeWhileNothingIsThere() {
        assertThat(drawn("governance/panel", Map.of()))
                .contains("The change ticket is opened when the approval begins.")
                .doesNotContain("Who must approve");
        assertThat(drawn("validation/panel", Map.of("validationRuns", List.of())))
                .contains("The release is watched as soon as it is live.")
                .doesNotContain("Closing conditions", "Outcome");
    }

    @Test
    void drawsTicketRiskPartsAndApprovals() {
        RiskStanding risk = new RiskStanding(
                RiskLevel.HIGH,
                RiskLevel.HIGH,
                List.of("All users would notice: one level higher."),
                Optional.of(new RiskAdjustment(
                        1,
                        RiskLevel.HIGH,
                        RiskLevel.LOW,
                        "Done often",
                        "p-rita",
                        THEN,
                        Optional.empty(),
                        Optional.empty())));
        ApprovalRound round = mock(ApprovalRound.class);
        when(round.number()).thenReturn(2);
        when(round.parts()).thenReturn(List.of(new SignedPart("package", "d1gest", "<i>3</i> files", "{}")));
        ApprovalDecision decision = mock(ApprovalDecision.class);
        when(decision.verdict()).thenReturn(Verdict.REJECT);
        when(decision.reason()).thenReturn("No way back");
        when(decision.decidedAt()).thenReturn(THEN);
        when(decision.expiresAt()).thenReturn(THEN);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "governanceTicket",
                new Change(
                        "CHG-000007",
                        new NewChange("storefront-2.4.0", "storefront", "x", Change.Kind.NORMAL, "p-rita"),
                        Change.State.BACKING_OUT,
                        Optional.of(Change.Outcome.ROLLED_BACK),
                        "",
                        THEN,
                        Optional.of(THEN)));
        model.put("governanceRisk", risk);
        model.put("governanceRound", round);
        model.put(
                "governanceApprovals",
                List.of(
                        new GovernancePanel.Row("Change authority", decision, "No way back", "Carla"),
                        new GovernancePanel.Row("Security", null, "", "")));

        assertThat(drawn("governance/panel", model))
                .contains("CHG-000007", "backing out", ", rolled back", "High", "one level higher", "round 2")
                .contains("&lt;i&gt;3&lt;/i&gt; files", "d1gest", "Reject", "No way back", "Carla", "Waits")
                .contains("2 Mar 2026, 09:00 UTC");
    }

    @Test
    void drawsChecksConditionsReviewAndOutcome() {
        Validation watch = mock(Validation.class);
        when(watch.passes()).thenReturn(3);
        when(watch.bakedAt()).thenReturn(THEN);
        when(watch.hypercareEnds()).thenReturn(Optional.of(THEN));
        SyntheticRun run = mock(SyntheticRun.class);
        when(run.startedAt()).thenReturn(THEN);
        when(run.liveVersion()).thenReturn("2.4.0");
        when(run.failure()).thenReturn("Order: status was 500 instead of 201");
        when(run.steps())
                .thenReturn(List.of(new StepResult(
                        "Order", "POST /orders", List.of(new StepResult.Finding("status", "201", "500", false)))));
        ClosingEvaluation evaluation = mock(ClosingEvaluation.class);
        when(evaluation.openPoints()).thenReturn(1);
        when(evaluation.findings())
                .thenReturn(Map.of("register", new Finding(false, "It says 2.3.0.", List.of("Please correct it."))));
        EmergencyReview review = mock(EmergencyReview.class);
        when(review.verdict()).thenReturn(ReviewVerdict.FINDINGS);
        when(review.note()).thenReturn("No test of the way back");
        ReleaseClosure closure = mock(ReleaseClosure.class);
        when(closure.outcome()).thenReturn(ReleaseOutcome.ROLLED_BACK);
        when(closure.signedAt()).thenReturn(THEN);

        assertThat(drawn(
                        "validation/panel",
                        Map.of(
                                "validationWatch",
                                watch,
                                "validationRuns",
                                List.of(run),
                                "validationEvaluation",
                                evaluation,
                                "validationReview",
                                review,
                                "validationClosure",
                                closure)))
                .contains("Failed", "Order: status was 500 instead of 201", "1 steps", "201", "500")
                .contains("Closing conditions, 1 open", "It says 2.3.0.", "Please correct it.", "Open")
                .contains("Accepted with findings", "No test of the way back", "Rolled back");
    }
}
