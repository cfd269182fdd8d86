package io.slipway.packaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.packaging.versions.Drift;
import io.slipway.platform.process.ModelEngine;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code check-drift} with its delegate; what is found is told by mocks. */
@Deployment(resources = "bpmn/packaging/check-drift.bpmn")
@Capability("3.3")
class CheckDriftProcessTest {

    private static final Drift DRIFT = mock(Drift.class);
    private static final ModelEngine ENGINE = ModelEngine.of("check-drift", new CheckDriftDelegate(DRIFT));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(DRIFT);
        ENGINE.begin();
    }

    @Test
    void looksAgainAndAgainUntilThePauseIsNothing() {
        when(DRIFT.every()).thenReturn(Duration.ofHours(1));
        ProcessInstance watch = ENGINE.start(CheckDriftProcess.KEY, Map.of());
        ENGINE.runJobs("startEvent_watchBegun", "serviceTask_checkDrift", "event_nextCheckDue");

        when(DRIFT.every()).thenReturn(Duration.ZERO);
        ENGINE.runJob("serviceTask_checkDrift");

        verify(DRIFT, times(2)).check();
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(watch.getProcessInstanceId())
                        .count())
                .isZero();
    }
}
