package io.slipway.packaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.packaging.builds.Rebuild;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.process.ExternalWork;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code rebuild-package} with its delegate and task; what building shows is told by mocks. */
@Deployment(resources = {"bpmn/packaging/rebuild-package.bpmn", "forms/packaging/review-differences.form"})
@Capability("3.2")
class RebuildPackageProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Rebuilds REBUILDS = mock(Rebuilds.class);
    private static final ReviewDifferencesTask REVIEW = new ReviewDifferencesTask(REBUILDS, SCOPE);

    private static final ModelEngine ENGINE =
            ModelEngine.of("rebuild-package", REVIEW, new CompareBuildsDelegate(REBUILDS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(REBUILDS);
        when(REBUILDS.get(7))
                .thenReturn(new Rebuild(
                        7,
                        1,
                        "storefront",
                        "v2.4.0",
                        "c".repeat(40),
                        Instant.EPOCH,
                        "p-dana",
                        Instant.EPOCH,
                        List.of(),
                        Optional.of(new Rebuild.Comparison(
                                Rebuild.Verdict.DIFFERS, List.of("a.jar!VERSION has other bytes."), Instant.EPOCH)),
                        Optional.empty()));
        ENGINE.begin();
    }

    @Test
    void endsWhenTheSameBytesComeOut() {
        when(REBUILDS.compare(RELEASE, 7)).thenReturn(Rebuild.Verdict.REPRODUCIBLE);
        ProcessInstance rebuild = built();

        ENGINE.runJob("serviceTask_compareBuilds");

        assertThat(passed(rebuild, RebuildPackageProcess.Element.PACKAGE_REPRODUCED))
                .isTrue();
    }

    @Test
    void somebodyForSecurityReviewsWhatDiffers() {
        when(REBUILDS.compare(RELEASE, 7)).thenReturn(Rebuild.Verdict.DIFFERS);
        ProcessInstance rebuild = built();
        ENGINE.runJob("serviceTask_compareBuilds");

        ENGINE.complete(
                "p-sefa",
                "security",
                REVIEW.task(),
                Map.of("differencesVerdict", "ACCEPTED", "differencesReason", "The label alone"));

        verify(REBUILDS).review(RELEASE, 7, true, "The label alone", "p-sefa");
        assertThat(passed(rebuild, RebuildPackageProcess.Element.DIFFERENCES_REVIEWED))
                .isTrue();
    }

    @Test
    void aBuildThatFailsEndsIt() {
        ProcessInstance first = started();
        ENGINE.runJob("serviceTask_buildFirst");
        ENGINE.failExternal(RebuildPackageProcess.BUILD_FIRST_TOPIC, RebuildPackageProcess.BUILD_FAILED);
        assertThat(passed(first, RebuildPackageProcess.Element.BUILD_FAILED)).isTrue();

        ProcessInstance second = started();
        ENGINE.runJob("serviceTask_buildFirst");
        ENGINE.completeExternal(RebuildPackageProcess.BUILD_FIRST_TOPIC);
        ENGINE.runJob("serviceTask_buildAgain");
        ENGINE.failExternal(RebuildPackageProcess.BUILD_AGAIN_TOPIC, RebuildPackageProcess.BUILD_FAILED);
        assertThat(passed(second, RebuildPackageProcess.Element.BUILD_FAILED)).isTrue();
    }

    @Test
    void theWorkersBuildOnceAndTwice() {
        assertThat(List.<ExternalWork>of(new BuildFirstWork(REBUILDS), new BuildAgainWork(REBUILDS)))
                .extracting(ExternalWork::topic)
                .containsExactly(RebuildPackageProcess.BUILD_FIRST_TOPIC, RebuildPackageProcess.BUILD_AGAIN_TOPIC);
    }

    private static ProcessInstance built() {
        ProcessInstance rebuild = started();
        ENGINE.runJob("serviceTask_buildFirst");
        ENGINE.completeExternal(RebuildPackageProcess.BUILD_FIRST_TOPIC);
        ENGINE.runJob("serviceTask_buildAgain");
        ENGINE.completeExternal(RebuildPackageProcess.BUILD_AGAIN_TOPIC);
        return rebuild;
    }

    private static ProcessInstance started() {
        ProcessInstance rebuild = ENGINE.start(
                RebuildPackageProcess.KEY,
                Map.of(
                        RebuildPackageProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        RebuildPackageProcess.BUILD_REQUEST_ID.name(),
                        7L));
        ENGINE.runJob("startEvent_rebuildRequested");
        return rebuild;
    }

    private static boolean passed(ProcessInstance instance, RebuildPackageProcess.Element element) {
        return ENGINE.engine()
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance.getProcessInstanceId())
                        .activityId(element.id())
                        .finished()
                        .count()
                > 0;
    }
}
