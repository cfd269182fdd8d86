package io.slipway.communication.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.communication.Material;
import io.slipway.communication.Materials;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/communication/prepare-material.bpmn")
@Capability("6.4")
class PrepareMaterialProcessTest {

    private static final String WRITE = "userTask_prepareMaterial";
    private static final String REVIEW = "userTask_reviewMaterial";
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Materials MATERIALS = mock(Materials.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "prepare-material",
            new PrepareMaterialTask(MATERIALS, SCOPE),
            new ReviewMaterialTask(MATERIALS, SCOPE),
            new ScheduleMaterialDelegate(MATERIALS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(MATERIALS);
        when(MATERIALS.get(5))
                .thenReturn(new Material(
                        5,
                        Material.Kind.TRAINING,
                        "service",
                        "Support and service desk",
                        "SHOP-1",
                        Material.State.PLANNED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance started() {
        ProcessInstance instance = ENGINE.start(
                PrepareMaterialProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "materialId", "5"));
        ENGINE.runJob("startEvent_materialPlanned");
        return instance;
    }

    private static void write(String at) {
        ENGINE.complete(
                "p-paul",
                "product-owner",
                WRITE,
                Map.of("materialTitle", "The basket", "materialText", "It is new.", "publishAt", at));
    }

    @Test
    void isWrittenAgainUntilItIsAcceptedAndThenScheduled() {
        ProcessInstance instance = started();
        write("2999-03-02T09:00:00Z");
        ENGINE.complete(
                "p-sam",
                "service-desk",
                REVIEW,
                Map.of("materialVerdict", "RETURN", "materialReason", "It is too short."));
        assertThat(instance).isWaitingAt(WRITE);
        write("2999-03-02T09:00:00Z");
        ENGINE.complete("p-sam", "service-desk", REVIEW, Map.of("materialVerdict", "ACCEPT"));
        ENGINE.runJob("serviceTask_scheduleMaterial");

        assertThat(instance).isEnded();
        verify(MATERIALS, times(2))
                .write(RELEASE, 5, "p-paul", "The basket", "It is new.", Instant.parse("2999-03-02T09:00:00Z"));
        verify(MATERIALS).review(RELEASE, 5, "p-sam", Materials.Verdict.RETURN, "It is too short.");
        verify(MATERIALS).review(RELEASE, 5, "p-sam", Materials.Verdict.ACCEPT, "");
        verify(MATERIALS).schedule(RELEASE, 5);
    }

    @Test
    void takesNoMaterialWithoutAMoment() {
        ProcessInstance instance = started();

        assertThatThrownBy(() -> write("soon")).hasMessageContaining("publishAt");
        assertThat(instance).isWaitingAt(WRITE);
        verify(MATERIALS, never()).write(any(), anyLong(), any(), any(), any(), any());
    }
}
