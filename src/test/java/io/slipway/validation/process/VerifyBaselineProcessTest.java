package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.JourneyBaselines;
import io.slipway.validation.process.VerifyBaselineProcess.Element;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code verify-baseline} with its delegate; what it finds is told by a mock. */
@Deployment(resources = "bpmn/validation/verify-baseline.bpmn")
@Capability("7.1")
class VerifyBaselineProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final JourneyBaselines BASELINES = mock(JourneyBaselines.class);

    private static final ModelEngine ENGINE =
            ModelEngine.of("verify-baseline", new RunBaselineDelegate(BASELINES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(BASELINES);
        ENGINE.begin();
    }

    @Test
    void looksAtProductionOnce() {
        ProcessInstance baseline = ENGINE.start(
                VerifyBaselineProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs(Element.BASELINE_OPENED.id(), Element.RUN_BASELINE.id());

        verify(BASELINES).run(RELEASE);
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(baseline.getId())
                        .count())
                .isZero();
    }
}
