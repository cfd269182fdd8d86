package io.slipway.deployment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.deployment.traffic.TrafficWatch;
import io.slipway.deployment.traffic.TrafficWatch.Course;
import io.slipway.deployment.traffic.TrafficWatch.Outcome;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code watch-traffic} with its delegates; what is seen is told by a mock. */
@Deployment(resources = "bpmn/deployment/watch-traffic.bpmn")
@Capability("5.6")
class WatchTrafficProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final TrafficWatch WATCH = mock(TrafficWatch.class);
    private static final Instant NEXT = Instant.parse("2026-03-02T10:00:00Z");

    private static final ModelEngine ENGINE = ModelEngine.of(
            "watch-traffic", new JudgeTrafficDelegate(WATCH, SCOPE), new DemandRollbackDelegate(WATCH, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(WATCH);
        ENGINE.begin();
    }

    @Test
    void looksAgainUntilTheReleaseHasProvedItself() {
        when(WATCH.look(RELEASE))
                .thenReturn(new Outcome(Course.GOES_ON, NEXT))
                .thenReturn(new Outcome(Course.GOES_ON, NEXT))
                .thenReturn(new Outcome(Course.OVER, NEXT));

        ProcessInstance watch = started();
        ENGINE.runJobs("event_nextLook", "serviceTask_judgeTraffic", "event_nextLook", "serviceTask_judgeTraffic");

        verify(WATCH, times(3)).look(RELEASE);
        verify(WATCH, never()).demandRollback(RELEASE);
        assertThat(ended(watch)).isEqualTo("endEvent_watchOver");
    }

    @Test
    void aBreachAsksForTheRollback() {
        when(WATCH.look(RELEASE)).thenReturn(new Outcome(Course.BREACHED, NEXT));

        ProcessInstance watch = started();
        ENGINE.runJob("serviceTask_demandRollback");

        verify(WATCH).demandRollback(RELEASE);
        assertThat(ended(watch)).isEqualTo("endEvent_rollbackDemanded");
    }

    private static ProcessInstance started() {
        ProcessInstance watch = ENGINE.start(
                WatchTrafficProcess.KEY,
                Map.of(WatchTrafficProcess.RELEASE_ID.name(), RELEASE.id().toString()));
        ENGINE.runJobs("startEvent_watchOpened", "serviceTask_judgeTraffic");
        return watch;
    }

    private static String ended(ProcessInstance watch) {
        return ENGINE.engine()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(watch.getId())
                .activityType("noneEndEvent")
                .singleResult()
                .getActivityId();
    }
}
