package io.slipway.governance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.Approvals;
import io.slipway.governance.approvals.ChangeOpening;
import io.slipway.governance.approvals.SignedPart;
import io.slipway.governance.approvals.Verdict;
import io.slipway.governance.changes.TicketNumbers;
import io.slipway.governance.process.ApproveChangeProcess.Element;
import io.slipway.governance.risk.RiskAnswers;
import io.slipway.governance.risk.RiskAssessment;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.Caller;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code approve-change} with its decision, delegates and tasks; what governance does is told by mocks. */
@Deployment(
        resources = {
            "bpmn/governance/approve-change.bpmn",
            "bpmn/governance/approval-requirements.dmn",
            "forms/governance/assess-risk.form",
            "forms/governance/approve-change.form"
        })
@Capability("8.1")
class ApproveChangeProcessTest {

    private static final Release RELEASE =
            ReleaseFixture.classified(ReleaseClass.MAJOR, ReleaseFixture.storefront240());
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final ChangeOpening OPENING = mock(ChangeOpening.class);
    private static final Approvals APPROVALS = mock(Approvals.class);
    private static final Risks RISKS = mock(Risks.class);
    private static final TicketNumbers TICKETS = mock(TicketNumbers.class);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "approve-change",
            new OpenChangeDelegate(OPENING, SCOPE),
            new AssessRiskTask(RISKS, TICKETS, SCOPE),
            new OpenApprovalsDelegate(APPROVALS, SCOPE),
            new ApproveChangeTask(APPROVALS, RISKS, TICKETS, SCOPE),
            new ConcludeApprovalDelegate(APPROVALS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension(Caller.KEY);

    private static final Map<String, Object> LOW_RISK =
            Map.of("impact", 1, "likelihood", 1, "usersImpact", 1, "rollbackTested", "YES", "riskNote", "routine");

    @BeforeEach
    void begin() {
        reset(OPENING, APPROVALS, RISKS, TICKETS);
        when(TICKETS.of(RELEASE.id())).thenReturn(Optional.of("CHG-000001"));
        when(OPENING.open(RELEASE)).thenReturn(new ChangeOpening.Opened("CHG-000001", Optional.of(false), false));
        RiskAssessment assessment = mock(RiskAssessment.class);
        RiskAnswers answers = new RiskAnswers(
                Optional.of(1),
                Optional.of(1),
                Optional.empty(),
                Optional.of(RiskAnswers.RollbackTested.YES),
                "routine");
        when(assessment.level()).thenReturn(RiskLevel.LOW);
        when(assessment.answers()).thenReturn(answers);
        when(assessment.reasons()).thenReturn(List.of("Impact 1 times likelihood 1 is 1: low."));
        when(RISKS.assess(eq(RELEASE), any(), any())).thenReturn(assessment);
        when(RISKS.latest(RELEASE)).thenReturn(Optional.of(assessment));
        ApprovalRound round = mock(ApprovalRound.class);
        when(round.requirements()).thenReturn(List.of("cab-member", "change-authority"));
        when(round.parts()).thenReturn(List.of(new SignedPart("package", "d".repeat(64), "3 files", "{}")));
        when(round.contentDigest()).thenReturn("c".repeat(64));
        when(APPROVALS.open(eq(RELEASE), anyCollection())).thenReturn(round);
        when(APPROVALS.present(RELEASE)).thenReturn(Optional.of(round));
        ENGINE.begin();
    }

    @Test
    void everyGroupApprovesAndTheChangeIsApproved() {
        when(APPROVALS.conclude(RELEASE)).thenReturn(true);
        ProcessInstance caller = assessed();

        verify(APPROVALS).open(RELEASE, List.of("change-authority", "cab-member"));
        approve("p-carla", "change-authority");
        approve("p-bert", "cab-member");
        ENGINE.runJob(Element.CONCLUDE_APPROVAL.id());

        verify(APPROVALS).decide(RELEASE, "change-authority", "p-carla", Verdict.APPROVE, Optional.empty());
        verify(APPROVALS).decide(RELEASE, "cab-member", "p-bert", Verdict.APPROVE, Optional.empty());
        assertThat(endsOf(caller)).containsExactly(Caller.ENDED);
    }

    @Test
    void aStandardChangeAsksNobody() {
        when(OPENING.open(RELEASE)).thenReturn(new ChangeOpening.Opened("CHG-000001", Optional.of(false), true));
        ApprovalRound byRule = mock(ApprovalRound.class);
        when(byRule.requirements()).thenReturn(List.of("standard-change"));
        when(APPROVALS.open(eq(RELEASE), anyCollection())).thenReturn(byRule);
        when(APPROVALS.conclude(RELEASE)).thenReturn(true);
        ProcessInstance caller = assessed();

        ENGINE.runJob(Element.CONCLUDE_APPROVAL.id());

        verify(APPROVALS, never()).decide(any(), any(), any(), any(), any());
        assertThat(endsOf(caller)).containsExactly(Caller.ENDED);
    }

    @Test
    void oneRejectionEndsTheApprovalForAllAndIsCaughtBySpine() {
        ProcessInstance caller = assessed();

        ENGINE.complete(
                "p-carla",
                "change-authority",
                Element.APPROVE_CHANGE.id(),
                Map.of("approvalDecision", "REJECT", "approvalReason", "No way back for the prices"));
        assertThat(ENGINE.engine().getTaskService().createTaskQuery().count()).isZero();
        when(APPROVALS.conclude(RELEASE)).thenReturn(false);
        ENGINE.runJob(Element.CONCLUDE_APPROVAL.id());

        verify(APPROVALS)
                .decide(
                        RELEASE,
                        "change-authority",
                        "p-carla",
                        Verdict.REJECT,
                        Optional.of("No way back for the prices"));
        assertThat(endsOf(caller)).containsExactly(Caller.CAUGHT);
    }

    @Test
    void theRecordsDecideWhateverTheVariablesSay() {
        ProcessInstance caller = assessed();
        approve("p-carla", "change-authority");
        approve("p-bert", "cab-member");
        when(APPROVALS.conclude(RELEASE)).thenReturn(false);
        Task none = ENGINE.engine().getTaskService().createTaskQuery().singleResult();
        assertThat(none).isNull();
        ENGINE.engine()
                .getRuntimeService()
                .setVariable(called(), ApproveChangeProcess.APPROVAL_VERDICT.name(), "APPROVED");
        ENGINE.runJob(Element.CONCLUDE_APPROVAL.id());

        assertThat(endsOf(caller)).containsExactly(Caller.CAUGHT);
    }

    @Test
    @Capability("1.3")
    void theClassOnRecordIsAskedAboutThoughTheProcessWasStartedWithAnother() {
        started("MINOR");
        ENGINE.complete("p-rita", "release-manager", Element.ASSESS_RISK.id(), LOW_RISK);
        ENGINE.runJobs(Element.APPROVAL_REQUIREMENTS.id(), Element.OPEN_APPROVALS.id());

        verify(APPROVALS).open(RELEASE, List.of("change-authority", "cab-member"));
    }

    @Test
    void overwrittenGroupsStopTheProcessWithASentence() {
        when(APPROVALS.open(eq(RELEASE), anyCollection())).thenThrow(new Refused("The variable 'approvalGroups' …"));
        started();
        ENGINE.complete("p-rita", "release-manager", Element.ASSESS_RISK.id(), LOW_RISK);
        ENGINE.runJob(Element.APPROVAL_REQUIREMENTS.id());

        assertThatExceptionOfType(ProcessEngineException.class)
                .isThrownBy(() -> ENGINE.runJob(Element.OPEN_APPROVALS.id()))
                .withMessageContaining("approvalGroups");
    }

    @Test
    void answersOutsideTheirBoundsAreRefusedAndMissingOnesAreUnknown() {
        started();
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() ->
                        ENGINE.complete("p-rita", "release-manager", Element.ASSESS_RISK.id(), Map.of("impact", 4)))
                .withMessageContaining("'impact' must be a whole number from 1 to 3");
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        "p-rita", "release-manager", Element.ASSESS_RISK.id(), Map.of("rollbackTested", "MAYBE")))
                .withMessageContaining("rollbackTested");
        verify(RISKS, never()).assess(any(), any(), any());

        ENGINE.complete("p-rita", "release-manager", Element.ASSESS_RISK.id(), Map.of("impact", 2));
        verify(RISKS)
                .assess(
                        RELEASE,
                        new RiskAnswers(Optional.of(2), Optional.empty(), Optional.empty(), Optional.empty(), ""),
                        "p-rita");
    }

    @Test
    void anApprovalShowsEveryPartWithItsDigest() {
        assessed();
        Task task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskCandidateGroup("cab-member")
                .singleResult();

        String brief = String.valueOf(ENGINE.engine().getTaskService().getVariableLocal(task.getId(), "brief"));
        assertThat(brief)
                .contains("May storefront-2.4.0 go to production?", "CHG-000001", "Change advisory board")
                .contains("\"part\":\"package\"", "d".repeat(64), "not answered", "/confirm/" + task.getId());
    }

    private ProcessInstance started() {
        return started("MAJOR");
    }

    private ProcessInstance started(String releaseClass) {
        Caller.deploy(ENGINE.engine(), ApproveChangeProcess.KEY, ApproveChangeProcess.CHANGE_REJECTED);
        ProcessInstance caller =
                ENGINE.start(Caller.KEY, Map.of("releaseId", RELEASE.id().toString(), "releaseClass", releaseClass));
        ENGINE.runJobs(Element.APPROVAL_OPENED.id(), Element.OPEN_CHANGE.id());
        return caller;
    }

    private ProcessInstance assessed() {
        ProcessInstance caller = started();
        ENGINE.complete("p-rita", "release-manager", Element.ASSESS_RISK.id(), LOW_RISK);
        ENGINE.runJobs(Element.APPROVAL_REQUIREMENTS.id(), Element.OPEN_APPROVALS.id());
        return caller;
    }

    private static void approve(String person, String group) {
        ENGINE.complete(person, group, Element.APPROVE_CHANGE.id(), Map.of("approvalDecision", "APPROVE"));
    }

    private static String called() {
        return ENGINE.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(ApproveChangeProcess.KEY)
                .singleResult()
                .getId();
    }

    private static List<String> endsOf(ProcessInstance caller) {
        return ENGINE
                .engine()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(caller.getId())
                .activityType("noneEndEvent")
                .list()
                .stream()
                .map(end -> end.getActivityId())
                .toList();
    }
}
