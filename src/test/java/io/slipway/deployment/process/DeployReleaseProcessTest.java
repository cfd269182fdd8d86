package io.slipway.deployment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.HealthVerdict;
import io.slipway.deployment.LiveVerdict;
import io.slipway.platform.process.ExternalWork.WorkRefused;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code deploy-release} with its delegates, its worker and its decision; what deploying does is told by mocks. */
@Deployment(resources = {"bpmn/deployment/deploy-release.bpmn", "bpmn/deployment/deployment-pattern.dmn"})
@Capability({"5.1", "5.5", "5.6"})
class DeployReleaseProcessTest {

    private static final Release RELEASE =
            ReleaseFixture.classified(ReleaseClass.MAJOR, ReleaseFixture.storefront240());
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Deployments DEPLOYMENTS = mock(Deployments.class);
    private static final Releases RELEASES = mock(Releases.class);
    private static final StartServiceWork WORK = new StartServiceWork(DEPLOYMENTS, RELEASES);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "deploy-release",
            WORK,
            new OpenDeploymentDelegate(DEPLOYMENTS, SCOPE),
            new PlanDeploymentDelegate(DEPLOYMENTS, SCOPE),
            new TransferPackageDelegate(DEPLOYMENTS, SCOPE),
            new CheckHealthDelegate(DEPLOYMENTS, SCOPE),
            new SwitchTrafficDelegate(DEPLOYMENTS, SCOPE),
            new VerifyLiveDelegate(DEPLOYMENTS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension("caller");

    @BeforeEach
    void begin() {
        reset(DEPLOYMENTS, RELEASES);
        when(DEPLOYMENTS.openDeployment(any(), anyString(), anyString()))
                .thenReturn(new Deployments.Facts("staging", false, 1));
        when(DEPLOYMENTS.checkHealth(RELEASE, "staging")).thenReturn(health(true));
        when(DEPLOYMENTS.verifyLive(RELEASE, "staging")).thenReturn(new LiveVerdict(true, "2.4.0", "2.4.0"));
        when(RELEASES.find(RELEASE.key())).thenReturn(Optional.of(RELEASE));
        ENGINE.begin();
    }

    private static HealthVerdict health(boolean healthy) {
        return new HealthVerdict(healthy, healthy ? 3 : 0, 3, "/health", List.of("GET /health answered 200"));
    }

    @Test
    void aHealthyVersionGetsTheTrafficAndIsVerified() {
        String deployment = startedService();
        ENGINE.completeExternal(DeployReleaseProcess.START_SERVICE_TOPIC);
        ENGINE.runJobs("serviceTask_checkHealth", "serviceTask_switchTraffic", "serviceTask_verifyLive");

        verify(DEPLOYMENTS).openDeployment(RELEASE, "staging", deployment);
        verify(DEPLOYMENTS).planDeployment(RELEASE, "staging", "BLUE_GREEN");
        verify(DEPLOYMENTS).transferPackage(RELEASE, "staging");
        verify(DEPLOYMENTS).switchTraffic(RELEASE, "staging");
        assertThat(passed(DeployReleaseProcess.Element.DEPLOYED)).isTrue();
    }

    @Test
    void instancesAreReplacedOneAfterTheOtherUntilNoneIsLeft() {
        when(DEPLOYMENTS.switchTraffic(RELEASE, "staging")).thenReturn(1, 0);
        startedService();
        ENGINE.completeExternal(DeployReleaseProcess.START_SERVICE_TOPIC);
        ENGINE.runJobs("serviceTask_checkHealth", "serviceTask_switchTraffic", "serviceTask_startService");
        ENGINE.completeExternal(DeployReleaseProcess.START_SERVICE_TOPIC);
        ENGINE.runJobs("serviceTask_checkHealth", "serviceTask_switchTraffic", "serviceTask_verifyLive");

        verify(DEPLOYMENTS, times(2)).checkHealth(RELEASE, "staging");
        verify(DEPLOYMENTS, times(2)).switchTraffic(RELEASE, "staging");
        assertThat(passed(DeployReleaseProcess.Element.DEPLOYED)).isTrue();
    }

    @Test
    void theFactsOfTheEnvironmentDecideThePattern() {
        when(DEPLOYMENTS.openDeployment(any(), anyString(), anyString()))
                .thenReturn(new Deployments.Facts("development", false, 2));

        startedService();

        verify(DEPLOYMENTS).planDeployment(RELEASE, "staging", "ROLLING");
    }

    @Test
    void theClassOnRecordDecidesThePatternThoughTheProcessWasStartedWithAnother() {
        when(DEPLOYMENTS.openDeployment(any(), anyString(), anyString()))
                .thenReturn(new Deployments.Facts("production", true, 2));

        startedService();

        verify(DEPLOYMENTS).planDeployment(RELEASE, "staging", "BLUE_GREEN");
    }

    @Test
    void theWorkerStartsTheServiceOfTheReleaseThatTheTaskBelongsTo() {
        startedService();
        LockedExternalTask task = ENGINE.lock(WORK.topic());

        WORK.perform(task);

        verify(DEPLOYMENTS).startService(RELEASE, "staging", task.getProcessInstanceId());
    }

    @Test
    void aRefusedStartEndsTheDeploymentAsFailed() {
        startedService();
        LockedExternalTask task = ENGINE.lock(WORK.topic());
        doThrow(mock(Deployments.StartRefused.class))
                .when(DEPLOYMENTS)
                .startService(RELEASE, "staging", task.getProcessInstanceId());

        assertThatThrownBy(() -> WORK.perform(task))
                .isInstanceOfSatisfying(WorkRefused.class, refused -> assertThat(refused.errorCode())
                        .isEqualTo(DeployReleaseProcess.START_REFUSED));
        ENGINE.engine().getExternalTaskService().unlock(task.getId());
        ENGINE.failExternal(DeployReleaseProcess.START_SERVICE_TOPIC, DeployReleaseProcess.START_REFUSED);
        assertThat(passed(DeployReleaseProcess.Element.START_FAILED)).isTrue();
        assertThat(caught()).isTrue();
        verify(DEPLOYMENTS, never()).switchTraffic(any(), anyString());
    }

    @Test
    void aTaskOfNoReleaseIsNoWork() {
        startedService();
        when(RELEASES.find(RELEASE.key())).thenReturn(Optional.empty());
        LockedExternalTask task = ENGINE.lock(WORK.topic());

        assertThatThrownBy(() -> WORK.perform(task)).isInstanceOf(NotFound.class);
        verify(DEPLOYMENTS, never()).startService(any(), anyString(), anyString());
    }

    @Test
    void anUnhealthyVersionNeverGetsTraffic() {
        when(DEPLOYMENTS.checkHealth(RELEASE, "staging")).thenReturn(health(false));
        startedService();
        ENGINE.completeExternal(DeployReleaseProcess.START_SERVICE_TOPIC);

        ENGINE.runJob("serviceTask_checkHealth");
        assertThat(passed(DeployReleaseProcess.Element.DEPLOYMENT_FAILED)).isTrue();
        assertThat(caught()).isTrue();
        verify(DEPLOYMENTS, never()).switchTraffic(any(), anyString());
    }

    @Test
    void anEnvironmentThatAnswersOtherwiseEndsTheDeploymentAsFailed() {
        when(DEPLOYMENTS.verifyLive(RELEASE, "staging")).thenReturn(new LiveVerdict(false, "2.4.0", "2.3.0"));
        startedService();
        ENGINE.completeExternal(DeployReleaseProcess.START_SERVICE_TOPIC);
        ENGINE.runJobs("serviceTask_checkHealth", "serviceTask_switchTraffic");

        ENGINE.runJob("serviceTask_verifyLive");
        assertThat(passed(DeployReleaseProcess.Element.NOT_LIVE)).isTrue();
        assertThat(passed(DeployReleaseProcess.Element.NOT_LIVE_END_EVENT)).isTrue();
        assertThat(caught()).isTrue();
    }

    @Test
    void aRefusalStaysAtItsStep() {
        doThrow(new Refused("The window is closed.")).when(DEPLOYMENTS).transferPackage(RELEASE, "staging");
        start();
        ENGINE.runJobs(
                "startEvent_deploymentOpened",
                "serviceTask_openDeployment",
                "businessRuleTask_choosePattern",
                "serviceTask_planDeployment");

        assertThatThrownBy(() -> ENGINE.runJob("serviceTask_transferPackage"))
                .isInstanceOf(Refused.class)
                .hasMessage("The window is closed.");
    }

    private static Map<String, Object> variables() {
        return Map.of(
                DeployReleaseProcess.RELEASE_ID.name(),
                RELEASE.id().toString(),
                DeployReleaseProcess.RELEASE_CLASS.name(),
                "MINOR",
                DeployReleaseProcess.ENVIRONMENT.name(),
                "staging");
    }

    /** Calls the process as the spine does, which catches the error; returns the called process instance. */
    private static String start() {
        ENGINE.engine()
                .getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "caller.bpmn",
                        Bpmn.createExecutableProcess("caller")
                                .startEvent()
                                .callActivity("callActivity")
                                .calledElement(DeployReleaseProcess.KEY)
                                .camundaInBusinessKey("#{execution.processBusinessKey}")
                                .camundaIn("releaseId", "releaseId")
                                .camundaIn("releaseClass", "releaseClass")
                                .camundaIn("environment", "environment")
                                .endEvent()
                                .moveToActivity("callActivity")
                                .boundaryEvent()
                                .error(DeployReleaseProcess.DEPLOYMENT_FAILED)
                                .endEvent("endEvent_caught")
                                .done())
                .deploy();
        ProcessInstance caller = ENGINE.start("caller", variables());
        return ENGINE.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(caller.getId())
                .singleResult()
                .getId();
    }

    private static String startedService() {
        String deployment = start();
        ENGINE.runJobs(
                "startEvent_deploymentOpened",
                "serviceTask_openDeployment",
                "businessRuleTask_choosePattern",
                "serviceTask_planDeployment",
                "serviceTask_transferPackage",
                "serviceTask_startService");
        return deployment;
    }

    private static boolean caught() {
        return count("endEvent_caught") > 0;
    }

    private static boolean passed(DeployReleaseProcess.Element element) {
        return count(element.id()) > 0;
    }

    private static long count(String activity) {
        return ENGINE.engine()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .activityId(activity)
                .finished()
                .count();
    }
}
