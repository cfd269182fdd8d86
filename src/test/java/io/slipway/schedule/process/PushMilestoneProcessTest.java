package io.slipway.schedule.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.schedule.milestones.Milestones;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/schedule/push-milestone.bpmn")
@Capability("2.5")
class PushMilestoneProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final Milestones MILESTONES = mock(Milestones.class);
    private static final ModelEngine ENGINE =
            ModelEngine.of("push-milestone", new PushMilestoneDelegate(MILESTONES, ReleaseFixture.scopeOf(RELEASE)));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    @Test
    void tellsThePlanningTool() {
        ProcessInstance instance = ENGINE.start(
                PushMilestoneProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "milestonePush", "c-1"));
        ENGINE.runJobs("startEvent_milestoneChanged", "serviceTask_pushMilestone");

        assertThat(instance).isEnded();
        verify(MILESTONES).push(RELEASE, "c-1");
    }
}
