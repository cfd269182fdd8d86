package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.quality.GateFacts;
import io.slipway.quality.GateStanding;
import io.slipway.quality.Gates;
import io.slipway.quality.WaiverRequest;
import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code pass-quality-gate} with its decision, delegates and tasks; what the gate finds is told by mocks. */
@Deployment(
        resources = {
            "bpmn/quality/pass-quality-gate.bpmn",
            "bpmn/quality/vote-on-defects.bpmn",
            "bpmn/quality/gate-verdict.dmn",
            "forms/quality/supply-evidence.form",
            "forms/quality/decide-failed-gate.form",
            "forms/quality/grant-waiver.form"
        })
@Capability({"4.1", "4.5", "X3"})
class PassQualityGateProcessTest {

    private static final GateFacts GOOD = GateFacts.ofTests("staging", "MINOR", true, 12, 0, 0, 0);
    private static final GateFacts BAD = GateFacts.ofTests("staging", "MINOR", true, 12, 2, 0, 0);
    private static final String QUENTIN = "p-quentin";
    private static final String CARLA = "p-carla";

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Gates GATES = mock(Gates.class);
    private static final BoardVotes VOTES = mock(BoardVotes.class);
    private static final SupplyEvidenceTask SUPPLY = new SupplyEvidenceTask(GATES, SCOPE);
    private static final DecideFailedGateTask DECIDE = new DecideFailedGateTask(GATES, VOTES, SCOPE);
    private static final GrantWaiverTask GRANT = new GrantWaiverTask(GATES, SCOPE);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "pass-quality-gate",
            SUPPLY,
            DECIDE,
            GRANT,
            new EvaluateEvidenceDelegate(GATES, SCOPE),
            new RecordVerdictDelegate(GATES, SCOPE),
            new OpenVoteDelegate(VOTES, SCOPE),
            new ConcludeVoteDelegate(VOTES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension("vote-on-defects");

    @BeforeEach
    void begin() {
        reset(GATES, VOTES);
        when(GATES.deadline(any())).thenReturn(Instant.parse("2999-01-01T00:00:00Z"));
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(GOOD);
        when(GATES.standing(RELEASE, "staging"))
                .thenReturn(new GateStanding(
                        "staging",
                        GateStanding.State.OPEN,
                        "The gate of staging has no verdict.",
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        ENGINE.begin();
    }

    @Test
    void passesOnGoodEvidence() {
        ProcessInstance gate = started();

        judged();

        verify(GATES).declareWhole(RELEASE, "staging", QUENTIN, "nightly run");
        verify(GATES).recordVerdict(RELEASE, "staging", "PASSED");
        assertThat(ended(gate)).isTrue();
    }

    @Test
    void leadsBackToNewEvidenceAfterRework() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD, GOOD);
        ProcessInstance gate = started();

        judged();
        verify(GATES).recordVerdict(RELEASE, "staging", "FAILED");
        ENGINE.complete(
                QUENTIN, "qa", DECIDE.task(), Map.of("gateDecision", "REWORK", "gateReason", "A test was wrong."));
        verify(GATES).rework(RELEASE, "staging", QUENTIN, "A test was wrong.");
        assertThat(ended(gate)).isFalse();

        judged();
        assertThat(ended(gate)).isTrue();
    }

    @Test
    void passesByAWaiverThatAnotherPersonGrants() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD);
        ProcessInstance gate = started();

        judged();
        waiverAsked();
        verify(GATES)
                .askWaiver(
                        RELEASE,
                        "staging",
                        new WaiverRequest(
                                "The two tests need the old printer.",
                                "Printing is checked by hand.",
                                Instant.parse("2026-03-20T12:00:00Z")),
                        QUENTIN);
        ENGINE.complete(
                CARLA,
                "change-authority",
                GRANT.task(),
                Map.of("waiverVerdict", "GRANTED", "waiverReason", "Few people print."));

        verify(GATES).decideWaiver(RELEASE, "staging", true, "Few people print.", CARLA);
        assertThat(ended(gate)).isTrue();
    }

    @Test
    void leadsBackToNewEvidenceWhenTheWaiverIsRefused() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD, GOOD);
        ProcessInstance gate = started();

        judged();
        waiverAsked();
        ENGINE.complete(
                CARLA,
                "change-authority",
                GRANT.task(),
                Map.of("waiverVerdict", "REFUSED", "waiverReason", "Repair it."));
        verify(GATES).decideWaiver(RELEASE, "staging", false, "Repair it.", CARLA);
        assertThat(ended(gate)).isFalse();

        judged();
        assertThat(ended(gate)).isTrue();
    }

    @Test
    void passesWhenTheBoardShipsWithTheKnownIssue() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD);
        ProcessInstance gate = started();

        judged();
        ENGINE.complete(
                QUENTIN, "qa", DECIDE.task(), Map.of("gateDecision", "BOARD", "gateReason", "We do not agree."));
        verify(VOTES).ask(RELEASE, "staging", "We do not agree.", QUENTIN);
        voted(BoardVote.Outcome.SHIP);

        assertThat(ended(gate)).isTrue();
    }

    /** Nobody decides: the deadline takes the gate to the board, and the board does not ship. */
    @Test
    void theDeadlineAsksTheBoardWhoseNoLeadsBackToNewEvidence() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD, GOOD);
        ProcessInstance gate = started();

        judged();
        ENGINE.runJob("event_decisionOverdue");
        voted(BoardVote.Outcome.DELAY);
        assertThat(ended(gate)).isFalse();

        judged();
        assertThat(ended(gate)).isTrue();
    }

    private static void voted(BoardVote.Outcome outcome) {
        BoardVote open = vote(Optional.empty());
        when(VOTES.open(RELEASE, "staging")).thenReturn(open);
        when(VOTES.conclude(RELEASE, 3)).thenReturn(vote(Optional.of(outcome)));
        ENGINE.runJobs(
                "startEvent_voteNeeded", "serviceTask_openVote", "event_timeBoxEnded", "serviceTask_concludeVote");
    }

    private static BoardVote vote(Optional<BoardVote.Outcome> outcome) {
        return new BoardVote(
                3,
                RELEASE.key(),
                "staging",
                1,
                "Ship it?",
                Instant.EPOCH,
                Instant.parse("2999-01-01T00:00:00Z"),
                2,
                outcome,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void failsOnFiguresThatAreMissing() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(GateFacts.ofTests("staging", null, false, 0, 0, 0, 0));
        started();

        judged();

        verify(GATES).recordVerdict(RELEASE, "staging", "FAILED");
    }

    @Test
    void stopsWhereAVariableWasChanged() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD);
        doThrow(new Refused("The process says PASSED, but the decision says FAILED."))
                .when(GATES)
                .recordVerdict(RELEASE, "staging", "PASSED");
        ProcessInstance gate = started();
        supplied();
        ENGINE.runJob("serviceTask_evaluateEvidence");
        ENGINE.engine()
                .getRuntimeService()
                .setVariable(gate.getProcessInstanceId(), PassQualityGateProcess.TESTS_FAILED.name(), 0);
        ENGINE.runJob("businessRuleTask_gateVerdict");

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.runJob("serviceTask_recordVerdict"))
                .withMessageContaining("the decision says FAILED");
        assertThat(ended(gate)).isFalse();
    }

    @Test
    void refusesAWaiverThatIsNotDescribed() {
        when(GATES.evaluate(RELEASE, "staging")).thenReturn(BAD);
        started();
        judged();

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        QUENTIN, "qa", DECIDE.task(), Map.of("gateDecision", "WAIVER", "gateReason", "Because.")))
                .withMessageContaining("compensatingControl");
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(QUENTIN, "qa", DECIDE.task(), Map.of("gateDecision", "SKIP")))
                .withMessageContaining("REWORK, WAIVER");
        verify(GATES, never()).askWaiver(any(), anyString(), any(), eq(QUENTIN));
    }

    @Test
    void whoeverGrantsAWaiverIsAnApprover() {
        assertThat(GRANT.part()).isEqualTo(Part.APPROVER);
    }

    @Test
    void tellsEachPersonWhereTheGateStands() {
        for (Brief brief : List.of(
                SUPPLY.brief(RELEASE, "staging"), DECIDE.brief(RELEASE, "staging"), GRANT.brief(RELEASE, "staging"))) {
            assertThat(brief.heading()).contains("staging");
            assertThat(brief.facts()).contains(new Brief.Fact("Gate", "The gate of staging has no verdict."));
        }
    }

    private static ProcessInstance started() {
        ProcessInstance gate = ENGINE.start(
                PassQualityGateProcess.KEY,
                Map.of(
                        PassQualityGateProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        PassQualityGateProcess.ENVIRONMENT.name(),
                        "staging"));
        ENGINE.runJob("startEvent_gateOpened");
        return gate;
    }

    private static void supplied() {
        ENGINE.complete(QUENTIN, "qa", SUPPLY.task(), Map.of("evidenceNote", "nightly run"));
    }

    private static void judged() {
        supplied();
        ENGINE.runJobs("serviceTask_evaluateEvidence", "businessRuleTask_gateVerdict", "serviceTask_recordVerdict");
    }

    private static void waiverAsked() {
        ENGINE.complete(
                QUENTIN,
                "qa",
                DECIDE.task(),
                Map.of(
                        "gateDecision",
                        "WAIVER",
                        "gateReason",
                        "The two tests need the old printer.",
                        "compensatingControl",
                        "Printing is checked by hand.",
                        "waiverExpires",
                        "2026-03-20T12:00:00Z"));
    }

    private static boolean ended(ProcessInstance gate) {
        return ENGINE.engine()
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(gate.getProcessInstanceId())
                        .activityId(PassQualityGateProcess.Element.GATE_PASSED_END_EVENT.id())
                        .finished()
                        .count()
                > 0;
    }
}
