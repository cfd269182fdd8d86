package io.slipway.deployment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.deployment.scripts.Scripts;
import io.slipway.platform.process.ExternalWork.WorkRefused;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code run-script}; what running does is told by a mock. */
@Deployment(resources = "bpmn/deployment/run-script.bpmn")
@Capability("5.2")
class RunScriptProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ModelEngine ENGINE = ModelEngine.of("run-script");

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    private final Scripts scripts = mock(Scripts.class);
    private final Releases releases = mock(Releases.class);
    private final RunScriptWork work = new RunScriptWork(scripts, releases);

    @BeforeEach
    void begin() {
        when(releases.find(any())).thenReturn(Optional.of(RELEASE));
        ENGINE.begin();
    }

    @Test
    void aScriptThatSucceedsEndsTheProcess() {
        when(scripts.perform(RELEASE, 7)).thenReturn(Optional.empty());
        ProcessInstance run = started();

        LockedExternalTask task = ENGINE.lock(work.topic());
        work.perform(task);
        ENGINE.engine().getExternalTaskService().unlock(task.getId());
        ENGINE.completeExternal(work.topic());

        verify(scripts).perform(RELEASE, 7);
        assertThat(passed(run)).contains("endEvent_scriptDone");
    }

    @Test
    void aScriptThatFailsIsToldByItsError() {
        when(scripts.perform(RELEASE, 7)).thenReturn(Optional.of("It wrote nothing."));
        ProcessInstance run = started();

        LockedExternalTask task = ENGINE.lock(work.topic());
        assertThatThrownBy(() -> work.perform(task))
                .isInstanceOfSatisfying(WorkRefused.class, refused -> assertThat(refused.errorCode())
                        .isEqualTo(RunScriptProcess.SCRIPT_FAILED))
                .hasMessageContaining("wrote nothing");
        ENGINE.engine().getExternalTaskService().unlock(task.getId());
        ENGINE.failExternal(work.topic(), RunScriptProcess.SCRIPT_FAILED);

        assertThat(passed(run)).contains("endEvent_scriptFailed");
    }

    private static ProcessInstance started() {
        ProcessInstance run = ENGINE.start(
                RunScriptProcess.KEY,
                Map.of(
                        RunScriptProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        RunScriptProcess.SCRIPT_RUN.name(),
                        "7"));
        ENGINE.runJobs("startEvent_scriptAsked", "serviceTask_runScript");
        return run;
    }

    private static List<String> passed(ProcessInstance run) {
        return ENGINE
                .engine()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(run.getId())
                .list()
                .stream()
                .map(activity -> activity.getActivityId())
                .toList();
    }
}
