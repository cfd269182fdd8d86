package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.operability.Operability;
import io.slipway.validation.operability.UpdateKind;
import io.slipway.validation.process.AttestUpdatesProcess.Element;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code attest-updates} with its task; what is required is told by a mock. */
@Deployment(resources = {"bpmn/validation/attest-updates.bpmn", "forms/validation/attest-updates.form"})
@Capability("7.5")
class AttestUpdatesProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Operability OPERABILITY = mock(Operability.class);

    private static final ModelEngine ENGINE =
            ModelEngine.of("attest-updates", new AttestUpdatesTask(OPERABILITY, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(OPERABILITY);
        when(OPERABILITY.required(RELEASE))
                .thenReturn(List.of(new Operability.Required(
                        1, UpdateKind.RUNBOOK, "The scope changes stored data.", null, null, null)));
        ENGINE.begin();
    }

    @Test
    void endsWhenOperationsHasAttestedWhatFollows() {
        ProcessInstance updates = ENGINE.start(
                AttestUpdatesProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJob(Element.UPDATES_REQUIRED.id());
        ENGINE.complete("p-omar", "operations", Element.ATTEST_UPDATES.id(), Map.of("attestNote", "All is written."));

        verify(OPERABILITY).finish(RELEASE, "p-omar", "All is written.");
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(updates.getId())
                        .count())
                .isZero();
    }
}
