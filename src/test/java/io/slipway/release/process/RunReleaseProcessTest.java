package io.slipway.release.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.init;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.InOrder;

@Deployment(resources = "bpmn/release/run-release.bpmn")
@SuppressWarnings("NullAway.Init")
class RunReleaseProcessTest {

    private static final String[] PHASES = {
        "scope-release",
        "schedule-release",
        "hand-over-development",
        "package-release",
        "promote-to-environment",
        "authorise-change",
        "deploy-release",
        "validate-release",
        "roll-back-release",
        "close-release"
    };

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final Release DEPLOYING = ReleaseFixture.in(ReleaseState.DEPLOYING, ReleaseFixture.storefront240());
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Releases RELEASES = mock(Releases.class);
    private static final CalledProcesses CALLED = new CalledProcesses(PHASES);
    private static final ModelEngine ENGINE = ModelEngine.of(
                    "run-release",
                    new CancelReleaseDelegate(RELEASES, SCOPE),
                    new ResumeReleaseTask(RELEASES, SCOPE),
                    new RequestedSteps(RELEASES, SCOPE),
                    new ReleaseStates(RELEASES, SCOPE))
            .delegate("calledProcesses", CALLED);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension(PHASES);

    private ProcessInstance release;

    @BeforeEach
    void begin() {
        reset(RELEASES);
        when(SCOPE.of(any())).thenReturn(RELEASE);
        ENGINE.begin();
        init(ENGINE.engine());
        CALLED.deploy(ENGINE);
    }

    private void request() {
        release = ENGINE.start(
                RunReleaseProcess.KEY,
                Map.of(
                        "releaseId", RELEASE.id().toString(),
                        "promotionRoute", List.of("development", "staging"),
                        "productionEnvironment", "production"));
        ENGINE.runJob("startEvent_releaseRequested");
    }

    @AfterEach
    void undeploy() {
        CALLED.undeploy(ENGINE);
    }

    @Test
    void leadsAReleaseFromItsScopeToItsClosure() {
        request();
        prepare();
        CALLED.end(ENGINE, "authorise-change");
        productionIsTouched();
        CALLED.end(ENGINE, "deploy-release");
        validate();
        ENGINE.runJob("event_hypercareEnds");
        CALLED.end(ENGINE, "close-release");

        assertThat(release).isEnded().hasPassed("endEvent_releaseClosed");
        InOrder states = inOrder(RELEASES);
        for (ReleaseState state : List.of(
                ReleaseState.DRAFT,
                ReleaseState.PLANNED,
                ReleaseState.IN_BUILD,
                ReleaseState.IN_TEST,
                ReleaseState.VALIDATING,
                ReleaseState.HYPERCARE)) {
            states.verify(RELEASES, org.mockito.Mockito.atLeastOnce()).enter(RELEASE.id(), state);
        }
    }

    @Test
    @Capability("1.3")
    void anEmergencyGoesFromItsWindowStraightToItsPackage() {
        request();
        CALLED.end(ENGINE, "scope-release", Map.of("releaseClass", "EMERGENCY"));
        CALLED.end(ENGINE, "schedule-release");

        assertThat(release).isWaitingAt("callActivity_packageRelease").hasNotPassed("callActivity_handOverDevelopment");
    }

    @Test
    void promotesThroughEveryEnvironmentOfTheRouteInOrder() {
        request();
        scoped();
        CALLED.end(ENGINE, "schedule-release", "hand-over-development", "package-release");
        for (String environment : List.of("development", "staging")) {
            String promotion = ENGINE.engine()
                    .getRuntimeService()
                    .createProcessInstanceQuery()
                    .processDefinitionKey("promote-to-environment")
                    .singleResult()
                    .getId();
            assertThat(ENGINE.engine().getRuntimeService().getVariable(promotion, "environment"))
                    .isEqualTo(environment);
            CALLED.end(ENGINE, "promote-to-environment");
        }
        assertThat(release).isWaitingAt("callActivity_authoriseChange");
    }

    @Test
    void changedContentIsScopedAndBuiltAgain() {
        request();
        scoped();
        correlate(RunReleaseProcess.CONTENT_CHANGED);
        assertThat(release).isWaitingAt("callActivity_scopeRelease");

        prepare();
        correlate(RunReleaseProcess.CONTENT_CHANGED);
        assertThat(release).isWaitingAt("callActivity_scopeRelease");
    }

    @Test
    @Capability("8.1")
    void aRejectedChangeGoesBackToItsContent() {
        request();
        prepare();
        CALLED.endWith(ENGINE, "authorise-change", "CHANGE_REJECTED");

        assertThat(release).isWaitingAt("callActivity_scopeRelease");
    }

    @Test
    @Capability("2.2")
    void aNoGoAndARescheduleLeadToANewWindowAndANewApproval() {
        request();
        prepare();
        CALLED.endWith(ENGINE, "authorise-change", "NO_GO");
        assertThat(release).isWaitingAt("callActivity_rescheduleRelease");
        CALLED.end(ENGINE, "schedule-release");
        assertThat(release).isWaitingAt("callActivity_authoriseChange");

        correlate(RunReleaseProcess.RESCHEDULE_REQUESTED);
        assertThat(release).isWaitingAt("callActivity_rescheduleRelease");
    }

    @Test
    @Capability("5.6")
    void aFailedDeploymentIsRolledBackAndMayBeTriedAgainInANewWindow() {
        request();
        prepare();
        CALLED.end(ENGINE, "authorise-change");
        productionIsTouched();
        CALLED.endWith(ENGINE, "deploy-release", "DEPLOYMENT_FAILED");
        verify(RELEASES).enter(RELEASE.id(), ReleaseState.ROLLING_BACK);
        CALLED.end(ENGINE, "roll-back-release", Map.of("rollbackDecision", "RETRY"));

        assertThat(release).isWaitingAt("callActivity_rescheduleRelease");
    }

    @Test
    @Capability("5.6")
    void aRejectedProductionIsRolledBackAndMayEnd() {
        request();
        prepare();
        CALLED.end(ENGINE, "authorise-change", "deploy-release");
        CALLED.endWith(ENGINE, "validate-release", "PRODUCTION_REJECTED");
        CALLED.end(ENGINE, "roll-back-release", Map.of("rollbackDecision", "END"));

        assertThat(release).isWaitingAt("callActivity_closeRelease");
    }

    @Test
    @Capability("5.6")
    void aRollbackCanBeAskedForUntilHypercareEnds() {
        request();
        prepare();
        CALLED.end(ENGINE, "authorise-change", "deploy-release");
        validate();
        correlate(RunReleaseProcess.ROLLBACK_REQUESTED);

        assertThat(release).isWaitingAt("callActivity_rollBackRelease");
    }

    @Test
    void aCancelledReleaseLeavesNothingWaiting() {
        request();
        scoped();
        correlate(RunReleaseProcess.CANCEL_REQUESTED);
        ENGINE.runJob("serviceTask_cancelRelease");

        verify(RELEASES).cancel(RELEASE.id());
        assertThat(release).isEnded().hasPassed("endEvent_releaseCancelled");
    }

    @Test
    @Capability("8.2")
    void aMessageThatNobodyAskedForOnThePageMovesNothing() {
        request();
        doThrow(new Refused("Nobody asked.")).when(RELEASES).actOn(eq(RELEASE.id()), any());

        for (String message : List.of(
                RunReleaseProcess.CONTENT_CHANGED,
                RunReleaseProcess.CANCEL_REQUESTED,
                RunReleaseProcess.HOLD_REQUESTED)) {
            assertThatThrownBy(() -> correlate(message))
                    .isInstanceOf(TaskRefused.class)
                    .hasMessage("Nobody asked.");
        }
        assertThat(release)
                .isWaitingAt("callActivity_scopeRelease")
                .hasNotPassed("event_contentChanged", "startEvent_cancelRequested", "startEvent_holdRequested");
        verify(RELEASES).actOn(RELEASE.id(), ReleaseAction.CONTENT_CHANGE);
        verify(RELEASES).actOn(RELEASE.id(), ReleaseAction.CANCEL);
        verify(RELEASES).actOn(RELEASE.id(), ReleaseAction.HOLD);
    }

    @Test
    @Capability("5.6")
    void aTokenInGoLiveAloneDoesNotSayThatProductionIsTouched() {
        request();
        prepare();
        CALLED.end(ENGINE, "authorise-change", "deploy-release");
        validate();

        verify(RELEASES, never()).enter(RELEASE.id(), ReleaseState.DEPLOYING);
        verify(RELEASES, never()).enter(RELEASE.id(), ReleaseState.VALIDATING);
    }

    @Test
    @Capability("5.6")
    void aPromotionThatIsGivenUpEndsTheRelease() {
        request();
        scoped();
        CALLED.end(ENGINE, "schedule-release", "hand-over-development", "package-release");
        CALLED.endWith(ENGINE, "promote-to-environment", "PROMOTION_ABANDONED");

        assertThat(release).isEnded().hasPassed("endEvent_releaseGivenUp").hasNotPassed("callActivity_closeRelease");
    }

    @Test
    @Capability("10.3")
    void aHeldReleaseIsResumedByAReleaseManagerWithAReason() {
        request();
        when(SCOPE.of(any())).thenReturn(ReleaseFixture.held("The database is down.", ReleaseFixture.storefront240()));
        correlate(RunReleaseProcess.HOLD_REQUESTED);

        assertThatThrownBy(() -> ENGINE.complete("p-rita", "release-manager", "userTask_resumeRelease", Map.of()))
                .isInstanceOf(TaskRefused.class)
                .hasMessage("Please fill in 'resumeReason'.");
        ENGINE.complete(
                "p-rita", "release-manager", "userTask_resumeRelease", Map.of("resumeReason", "The database is back."));

        verify(RELEASES).resume(RELEASE.id());
        assertThat(release).hasPassed("endEvent_releaseResumed").isWaitingAt("callActivity_scopeRelease");
    }

    private static void productionIsTouched() {
        when(SCOPE.of(any())).thenReturn(DEPLOYING);
    }

    private static void scoped() {
        CALLED.end(ENGINE, "scope-release", Map.of("releaseClass", "MINOR"));
    }

    private static void prepare() {
        scoped();
        CALLED.end(
                ENGINE,
                "schedule-release",
                "hand-over-development",
                "package-release",
                "promote-to-environment",
                "promote-to-environment");
    }

    private static void validate() {
        CALLED.end(
                ENGINE, "validate-release", Map.of("hypercareEnds", Date.from(Instant.parse("2026-04-01T00:00:00Z"))));
    }

    private void correlate(String message) {
        ENGINE.engine()
                .getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceId(release.getId())
                .correlate();
    }
}
