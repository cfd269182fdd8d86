package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.quality.Finding;
import io.slipway.quality.Findings;
import io.slipway.quality.Triage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code triage-finding} with its tasks; what the service says is told by mocks. */
@Deployment(
        resources = {
            "bpmn/quality/triage-finding.bpmn",
            "forms/quality/triage-finding.form",
            "forms/quality/confirm-triage.form"
        })
@Capability("4.3")
class TriageFindingProcessTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Findings FINDINGS = mock(Findings.class);
    private static final TriageFindingTask TRIAGE = new TriageFindingTask(FINDINGS);
    private static final ConfirmTriageTask CONFIRM = new ConfirmTriageTask(FINDINGS);

    private static final ModelEngine ENGINE = ModelEngine.of(TriageFindingProcess.KEY, TRIAGE, CONFIRM);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(FINDINGS);
        when(FINDINGS.get(7))
                .thenReturn(new Finding(
                        7,
                        "storefront",
                        "f".repeat(64),
                        "T",
                        "R1",
                        "ERROR",
                        "src/a.c",
                        12,
                        "Unbounded copy",
                        "",
                        false,
                        NOW,
                        NOW,
                        UUID.randomUUID(),
                        Finding.State.OPEN,
                        Optional.empty()));
        when(FINDINGS.waiting(7)).thenReturn(triage(Triage.State.PROPOSED));
        ENGINE.begin();
    }

    @Test
    void twoPeopleSuppressAFinding() {
        ProcessInstance asked = started();

        proposed();
        verify(FINDINGS)
                .propose(
                        7,
                        new Triage.Proposal(
                                Triage.Verdict.ACCEPTED,
                                Optional.of(Triage.Justification.RISK_ACCEPTED),
                                "Nobody reaches it.",
                                "Analysis 12",
                                Triage.Scope.SYSTEM,
                                Optional.of(Instant.parse("2026-04-01T12:00:00Z"))),
                        "p-quentin");
        ENGINE.complete(
                "p-serge",
                "security",
                CONFIRM.task(),
                Map.of("confirmDecision", "CONFIRM", "confirmReason", "Read the analysis."));

        verify(FINDINGS).decide(7, true, "Read the analysis.", "p-serge");
        assertThat(ended(asked)).isTrue();
    }

    @Test
    void aRejectedTriageIsDoneAgain() {
        ProcessInstance asked = started();
        proposed();
        ENGINE.complete(
                "p-serge",
                "security",
                CONFIRM.task(),
                Map.of("confirmDecision", "REJECT", "confirmReason", "It is reachable."));
        verify(FINDINGS).decide(7, false, "It is reachable.", "p-serge");
        assertThat(ended(asked)).isFalse();

        when(FINDINGS.triages(7)).thenReturn(List.of(triage(Triage.State.REJECTED)));
        assertThat(TRIAGE.brief(7).facts())
                .anySatisfy(fact -> assertThat(fact.value()).contains("It is reachable."));
        ENGINE.complete(
                "p-quentin",
                "qa",
                TRIAGE.task(),
                Map.of("triageVerdict", "TRUE_POSITIVE", "triageReason", "It is a fault."));
        verify(FINDINGS)
                .propose(
                        7,
                        new Triage.Proposal(
                                Triage.Verdict.TRUE_POSITIVE,
                                Optional.empty(),
                                "It is a fault.",
                                "",
                                Triage.Scope.SYSTEM,
                                Optional.empty()),
                        "p-quentin");
    }

    @Test
    void refusesAnAcceptanceWithoutItsKindOfReason() {
        started();

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        "p-quentin",
                        "qa",
                        TRIAGE.task(),
                        Map.of("triageVerdict", "ACCEPTED", "triageReason", "Because.")))
                .withMessageContaining("triageJustification");
    }

    @Test
    void bothReadWhatTheScanSaw() {
        assertThat(TRIAGE.brief(7).facts())
                .anySatisfy(fact -> assertThat(fact.value()).contains("src/a.c, line 12"));
        assertThat(CONFIRM.brief(7).facts())
                .anySatisfy(fact -> assertThat(fact.value()).contains("Accepted"));
    }

    private static Triage triage(Triage.State state) {
        return new Triage(
                1,
                7,
                Triage.Verdict.ACCEPTED,
                Optional.of(Triage.Justification.RISK_ACCEPTED),
                "Nobody reaches it.",
                "Analysis 12",
                Triage.Scope.SYSTEM,
                Optional.of(NOW),
                "",
                "ERROR",
                "p-quentin",
                NOW,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.of("It is reachable."));
    }

    private static ProcessInstance started() {
        ProcessInstance instance =
                ENGINE.start(TriageFindingProcess.KEY, Map.of(TriageFindingProcess.FINDING.name(), "7"));
        ENGINE.runJob("startEvent_triageAsked");
        return instance;
    }

    private static void proposed() {
        ENGINE.complete(
                "p-quentin",
                "qa",
                TRIAGE.task(),
                Map.of(
                        "triageVerdict",
                        "ACCEPTED",
                        "triageJustification",
                        "RISK_ACCEPTED",
                        "triageReason",
                        "Nobody reaches it.",
                        "triageEvidence",
                        "Analysis 12",
                        "triageScope",
                        "SYSTEM",
                        "triageExpires",
                        "2026-04-01T12:00:00Z"));
    }

    private static boolean ended(ProcessInstance instance) {
        return ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getProcessInstanceId())
                        .count()
                == 0;
    }
}
