package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.quality.environments.EnvironmentRefresh;
import io.slipway.quality.environments.EnvironmentRefreshes;
import io.slipway.release.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code refresh-environment} with its delegate and task; what the service says is told by mocks. */
@Deployment(resources = {"bpmn/quality/refresh-environment.bpmn", "forms/quality/restore-clone.form"})
@Capability("4.4")
class RefreshEnvironmentProcessTest {

    private static final EnvironmentRefreshes REFRESHES = mock(EnvironmentRefreshes.class);
    private static final RestoreCloneTask RESTORE = new RestoreCloneTask(REFRESHES);
    private static final ModelEngine ENGINE =
            ModelEngine.of(RefreshEnvironmentProcess.KEY, RESTORE, new ScoreFidelityDelegate(REFRESHES));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(REFRESHES);
        when(REFRESHES.get(5))
                .thenReturn(new EnvironmentRefresh(
                        5,
                        "storefront",
                        "staging",
                        new EnvironmentRefresh.Declared("2.3.0", List.of("customer.mail"), List.of(), 90, 50, 10),
                        "p-dana",
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        ENGINE.begin();
    }

    @Test
    void aCloneThatIsNotCleanIsRestoredAgain() {
        when(REFRESHES.score(5)).thenReturn(false, true);
        started();
        restored();
        assertThat(running()).isEqualTo(1);

        restored();
        verify(REFRESHES, org.mockito.Mockito.times(2)).requireChecked(5);
        assertThat(running()).isZero();
    }

    @Test
    void refusesToGoOnWithoutACheck() {
        doThrow(new Refused("Nothing of the clone was checked yet."))
                .when(REFRESHES)
                .requireChecked(5);
        started();

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete("p-dana", "dba", RESTORE.task(), Map.of("cloneNote", "")))
                .withMessageContaining("checked yet");
        assertThat(RESTORE.brief(5).facts())
                .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("customer.mail"));
    }

    private static void started() {
        ENGINE.start(RefreshEnvironmentProcess.KEY, Map.of(RefreshEnvironmentProcess.REFRESH.name(), "5"));
        ENGINE.runJob("startEvent_refreshBegun");
    }

    private static void restored() {
        ENGINE.complete("p-dana", "dba", RESTORE.task(), Map.of("cloneNote", "Masked."));
        ENGINE.runJob("serviceTask_scoreFidelity");
    }

    private static long running() {
        return ENGINE.engine().getRuntimeService().createProcessInstanceQuery().count();
    }
}
