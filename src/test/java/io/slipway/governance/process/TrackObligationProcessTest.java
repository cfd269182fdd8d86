package io.slipway.governance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.obligations.ObligationNotices;
import io.slipway.governance.obligations.ObligationRegister;
import io.slipway.governance.obligations.ObligationRow;
import io.slipway.governance.process.TrackObligationProcess.Element;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Obligations.Kind;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code track-obligation} with its delegates and its task; what the register does is told by mocks. */
@Deployment(resources = {"bpmn/governance/track-obligation.bpmn", "forms/governance/fulfil-obligation.form"})
@Capability("8.5")
class TrackObligationProcessTest {

    private static final String KEY = "storefront-2.4.0/waiver/staging/1";
    private static final ObligationRegister REGISTER = mock(ObligationRegister.class);
    private static final ObligationNotices NOTICES = mock(ObligationNotices.class);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "track-obligation",
            new FulfilObligationTask(REGISTER),
            new DueWithObligation(),
            new RemindOwnerDelegate(NOTICES),
            new ReportOverdueDelegate(NOTICES));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(REGISTER, NOTICES);
        NewObligation owed = new NewObligation(
                KEY,
                Optional.empty(),
                Optional.of("storefront"),
                Kind.WAIVER,
                "Repeat the load test.",
                Role.QA,
                Optional.empty(),
                Instant.parse("2030-01-03T00:00:00Z"),
                true);
        when(REGISTER.row(KEY))
                .thenReturn(Optional.of(new ObligationRow(
                        new Obligation(owed, Optional.empty(), Optional.empty()),
                        Optional.of("storefront-2.4.0"),
                        Instant.parse("2030-01-01T00:00:00Z"),
                        Optional.empty(),
                        Optional.empty())));
        ENGINE.begin();
    }

    private static ProcessInstance tracked() {
        ProcessInstance instance = ENGINE.start(
                TrackObligationProcess.KEY,
                Map.of(
                        "obligationKey",
                        KEY,
                        "ownerGroup",
                        "qa",
                        "reminderAt",
                        "2030-01-01T00:00:00Z",
                        "obligationDue",
                        "2030-01-03T00:00:00Z"));
        ENGINE.runJob(Element.OBLIGATION_OPENED.id());
        return instance;
    }

    private static boolean ended(ProcessInstance instance) {
        return ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count()
                == 0;
    }

    @Test
    void theOwnerReadsWhatIsOwedAndFulfilsIt() {
        ProcessInstance instance = tracked();
        Task task = ENGINE.engine().getTaskService().createTaskQuery().singleResult();
        assertThat(task.getDueDate()).isEqualTo(Instant.parse("2030-01-03T00:00:00Z"));
        assertThat(String.valueOf(ENGINE.engine().getTaskService().getVariableLocal(task.getId(), "brief")))
                .contains("Repeat the load test.", "storefront-2.4.0", "/obligations");

        ENGINE.complete("p-quinn", "qa", Element.FULFIL_OBLIGATION.id(), Map.of("obligationEvidence", "Run 17 passed"));

        verify(REGISTER).settleInTask(KEY, "p-quinn", "Run 17 passed");
        assertThat(ended(instance)).isTrue();
    }

    @Test
    void withoutEvidenceOrByTheWrongPersonItStaysOpen() {
        ProcessInstance instance = tracked();
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete("p-quinn", "qa", Element.FULFIL_OBLIGATION.id(), Map.of()))
                .withMessageContaining("obligationEvidence");
        doThrow(new Refused("You asked for what this compensates for."))
                .when(REGISTER)
                .settleInTask(any(), any(), any());
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        "p-quinn", "qa", Element.FULFIL_OBLIGATION.id(), Map.of("obligationEvidence", "I say so")))
                .withMessageContaining("You asked for");
        assertThat(ended(instance)).isFalse();
    }

    @Test
    void remindsBeforeAndReportsAfterItIsDueWhileTheTaskStays() {
        ProcessInstance instance = tracked();
        ENGINE.runJobs(Element.REMINDER_DUE.id(), Element.REMIND_OWNER.id());
        verify(NOTICES).remind(KEY);
        verify(NOTICES, never()).overdue(any());

        ENGINE.runJobs(Element.OBLIGATION_DUE.id(), Element.REPORT_OVERDUE.id());

        verify(NOTICES).overdue(KEY);
        assertThat(ended(instance)).isFalse();
        assertThat(ENGINE.engine().getTaskService().createTaskQuery().count()).isOne();
    }

    @Test
    void endsWhenItIsFulfilledOnThePage() {
        ProcessInstance instance = tracked();
        EventSubscription waiting = ENGINE.engine()
                .getRuntimeService()
                .createEventSubscriptionQuery()
                .eventName(TrackObligationProcess.FULFILLED)
                .singleResult();

        ENGINE.engine().getRuntimeService().messageEventReceived(waiting.getEventName(), waiting.getExecutionId());

        assertThat(ended(instance)).isTrue();
        verify(REGISTER, never()).settleInTask(any(), any(), any());
    }
}
