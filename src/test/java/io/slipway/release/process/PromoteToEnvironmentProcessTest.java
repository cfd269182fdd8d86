package io.slipway.release.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.init;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.InOrder;

@Deployment(resources = "bpmn/release/promote-to-environment.bpmn")
@Capability("2.3")
class PromoteToEnvironmentProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final EnvironmentBookings BOOKINGS = mock(EnvironmentBookings.class);
    private static final Releases RELEASES = mock(Releases.class);
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final CalledProcesses CALLED =
            new CalledProcesses("deploy-release", "pass-quality-gate", "roll-back-release");
    private static final ModelEngine ENGINE = ModelEngine.of(
                    "promote-to-environment",
                    new BookEnvironmentDelegate(BOOKINGS, ReleaseFixture.scopeOf(RELEASE)),
                    new CancelReleaseDelegate(RELEASES, ReleaseFixture.scopeOf(RELEASE)),
                    new ReleaseEnvironmentDelegate(BOOKINGS, ReleaseFixture.scopeOf(RELEASE)))
            .delegate("calledProcesses", CALLED);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE =
            ENGINE.extension("deploy-release", "pass-quality-gate", "roll-back-release");

    @BeforeEach
    void begin() {
        reset(BOOKINGS, RELEASES);
        when(BOOKINGS.book(RELEASE, "staging")).thenReturn(new EnvironmentBookings.Answer(true, LATER));
        ENGINE.begin();
        init(ENGINE.engine());
        CALLED.deploy(ENGINE);
    }

    @AfterEach
    void end() {
        CALLED.undeploy(ENGINE);
    }

    @Test
    void holdsTheEnvironmentFromBeforeTheDeploymentUntilAfterTheGate() {
        ProcessInstance promotion = booked();
        CALLED.end(ENGINE, "deploy-release");
        verify(BOOKINGS, never()).giveBack(RELEASE, "staging");
        CALLED.end(ENGINE, "pass-quality-gate");
        ENGINE.runJob("serviceTask_releaseEnvironment");

        InOrder order = inOrder(BOOKINGS);
        order.verify(BOOKINGS).book(RELEASE, "staging");
        order.verify(BOOKINGS).giveBack(RELEASE, "staging");
        assertThat(promotion).isEnded().hasPassed("endEvent_promoted");
    }

    @Test
    void rollsBackAFailedDeploymentAndTriesAgain() {
        ProcessInstance promotion = booked();
        CALLED.endWith(ENGINE, "deploy-release", "DEPLOYMENT_FAILED");
        CALLED.end(ENGINE, "roll-back-release", Map.of("rollbackDecision", "RETRY"));

        assertThat(promotion).isWaitingAt("callActivity_deployRelease");
        CALLED.end(ENGINE, "deploy-release", "pass-quality-gate");
        ENGINE.runJob("serviceTask_releaseEnvironment");
        assertThat(promotion).isEnded();
    }

    @Test
    @Capability("5.6")
    void givesTheReleaseUpWhenAReleaseManagerEndsItAfterAFailedDeployment() {
        ProcessInstance promotion = booked();
        CALLED.endWith(ENGINE, "deploy-release", "DEPLOYMENT_FAILED");
        CALLED.end(ENGINE, "roll-back-release", Map.of("rollbackDecision", "END"));
        assertThat(promotion).hasNotPassed("callActivity_passQualityGate");
        // Nobody calls it here, so the outcome that ends it has nobody to go to; the spine's test shows where it leads.
        assertThatThrownBy(() -> ENGINE.runJob("serviceTask_cancelRelease"))
                .hasMessageContaining(PromoteToEnvironmentProcess.PROMOTION_ABANDONED);

        verify(RELEASES).cancel(RELEASE.id());
        assertThat(promotion).isWaitingAt("serviceTask_cancelRelease");
    }

    @Test
    void waitsWithoutFailingWhileAnotherReleaseHoldsTheEnvironment() {
        when(BOOKINGS.book(RELEASE, "staging"))
                .thenReturn(new EnvironmentBookings.Answer(false, LATER))
                .thenReturn(new EnvironmentBookings.Answer(true, LATER));
        ProcessInstance promotion = booked();

        assertThat(promotion).isWaitingAt("event_environmentAwaited");
        assertThat(ENGINE.engine()
                        .getManagementService()
                        .createJobQuery()
                        .activityId("event_environmentAwaited")
                        .singleResult()
                        .getDuedate()
                        .toInstant())
                .isEqualTo(LATER);
        assertThat(ENGINE.engine().getRuntimeService().createIncidentQuery().count())
                .isZero();

        ENGINE.runJobs("event_environmentAwaited", "serviceTask_bookEnvironment");
        assertThat(promotion).isWaitingAt("callActivity_deployRelease");
    }

    private static ProcessInstance booked() {
        ProcessInstance promotion = ENGINE.start(
                "promote-to-environment", Map.of("releaseId", RELEASE.id().toString(), "environment", "staging"));
        ENGINE.runJobs("startEvent_promotionOpened", "serviceTask_bookEnvironment");
        return promotion;
    }
}
