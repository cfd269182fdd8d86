package io.slipway.schedule.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.waves.Wave;
import io.slipway.schedule.waves.Waves;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/schedule/hand-over-wave.bpmn")
@Capability("2.4")
class HandOverWaveProcessTest {

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Waves WAVES = mock(Waves.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "hand-over-wave",
            new OpenWaveDelegate(WAVES, SCOPE),
            new HandOverWaveTask(WAVES, SCOPE),
            new AcknowledgeHandOverTask(WAVES, SCOPE),
            new ConcludeWaveDelegate(WAVES, SCOPE));
    private static final Wave WAVE = new Wave(
            1,
            0,
            "Europe",
            ZoneId.of("Europe/Zurich"),
            new TimeSpan(LATER, LATER.plusSeconds(60)),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(WAVES);
        when(WAVES.of(any())).thenReturn(List.of(WAVE));
        when(WAVES.next(any())).thenReturn(Optional.of(WAVE));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    @Test
    void goesOnUntilEveryRegionHasTakenOver() {
        ProcessInstance instance = ENGINE.start(
                HandOverWaveProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs("startEvent_wavesPlanned", "serviceTask_openWave", "event_waveOpens");
        handedOver();
        assertThat(instance).isWaitingAt("serviceTask_openWave");
        ENGINE.runJobs("serviceTask_openWave", "event_waveOpens");
        when(WAVES.next(any())).thenReturn(Optional.empty());
        handedOver();

        assertThat(instance).isEnded();
        verify(WAVES, times(2)).handOver(RELEASE, "p-oscar", "All is quiet.");
        verify(WAVES, times(2)).acknowledge(RELEASE, "p-derek", "Understood.");
    }

    private static void handedOver() {
        ENGINE.complete("p-oscar", "operations", "userTask_handOverWave", Map.of("handOverNote", "All is quiet."));
        ENGINE.complete(
                "p-derek", "deployer", "userTask_acknowledgeHandOver", Map.of("acknowledgement", "Understood."));
        ENGINE.runJob("serviceTask_concludeWave");
    }
}
