package io.slipway.demo.autopilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the autopilot stops when a release does not go on as told. */
class AutopilotTest {

    private static final SamplePerson QUINN = new SamplePerson("quinn", "Quinn Abbott", Role.QA);

    private final Actors actors = mock(Actors.class);
    private final Twists twists = mock(Twists.class);
    private final DemoStage stage = mock(DemoStage.class);
    private final Releases releases = mock(Releases.class);
    private final Waits waits = mock(Waits.class);
    private final StepLines steps = mock(StepLines.class);
    private final StepLines.Reader trail = mock(StepLines.Reader.class);
    private final Release release = mock(Release.class);
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void aReleaseThatRuns() {
        when(stage.build(anyString()))
                .thenReturn(new BuiltSample("2.4.0", "c0ffee", Path.of("a"), Path.of("b"), Path.of("c")));
        when(stage.address(anyString())).thenReturn(URI.create("http://127.0.0.1:9/"));
        when(release.id()).thenReturn(ReleaseId.draw());
        when(release.state()).thenReturn(ReleaseState.IN_TEST);
        when(releases.find(anyString())).thenReturn(Optional.of(release));
        when(releases.get(any())).thenReturn(release);
        when(steps.fromNow(release)).thenReturn(trail);
        when(trail.news()).thenReturn(List.of());
        when(twists.of(any())).thenReturn(Optional.empty());
        when(actors.named("mara")).thenReturn(new SamplePerson("mara", "Mara Lind", Role.RELEASE_MANAGER));
    }

    private Autopilot autopilot(Duration patience) {
        return new Autopilot(
                actors,
                new SampleScript(actors, Clock.systemUTC()),
                twists,
                stage,
                releases,
                waits,
                steps,
                mock(Summaries.class),
                new ObjectMapper(),
                Clock.systemUTC(),
                patience,
                Duration.ofSeconds(30));
    }

    @Test
    void stopsAtAnIncidentAndNamesItsStepAndCause() {
        when(waits.incidents("storefront-2.4.0"))
                .thenReturn(List.of("the step 'Deploy release: Start service' failed for good: no agent"));

        assertThatThrownBy(() -> autopilot(Duration.ofSeconds(30)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("storefront-2.4.0")
                .hasMessageContaining("'Deploy release: Start service' failed for good: no agent");
        assertThat(lines).singleElement().asString().contains("Mara Lind", "goes on with it where it stands");
    }

    @Test
    void stopsWhenNothingMovesAndNamesWhereItWaits() {
        when(waits.places("storefront-2.4.0")).thenReturn(List.of("'Validate release: Next check'"));

        assertThatThrownBy(() -> autopilot(Duration.ofMillis(50)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("did not go on")
                .hasMessageContaining("'Validate release: Next check'");
    }

    @Test
    void stopsAtATaskThatTheScriptDoesNotKnow() {
        Task task = task("userTask_decideFailedGate", "Decide on failed gate");
        when(actors.openTasks("storefront-2.4.0")).thenReturn(List.of(task));
        when(actors.brief(task))
                .thenReturn(JsonNodeFactory.instance.objectNode().put("facts", "2 tests failed"));

        assertThatThrownBy(() -> autopilot(Duration.ofSeconds(30)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("'Decide on failed gate'")
                .hasMessageContaining("2 tests failed");
    }

    @Test
    void stopsWhenAReleaseIsRolledBackThatWasToSucceed() {
        Task task = task("userTask_decideNextStep", "Decide next step");
        when(actors.openTasks("storefront-2.4.0")).thenReturn(List.of(task));
        when(actors.brief(task)).thenReturn(JsonNodeFactory.instance.objectNode());

        assertThatThrownBy(() -> autopilot(Duration.ofSeconds(30)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("'Decide next step'");
    }

    @Test
    void stopsWhenAPersonIsRefusedAndRepeatsTheReason() {
        Task task = task("userTask_confirmReadiness", "Confirm readiness");
        when(actors.openTasks("storefront-2.4.0")).thenReturn(List.of(task));
        when(actors.candidates(task)).thenReturn(List.of(QUINN));
        doThrow(new IllegalStateException("It is on hold.")).when(actors).complete(any(), any(), any());

        assertThatThrownBy(() -> autopilot(Duration.ofSeconds(30)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("Quinn Abbott")
                .hasMessageContaining("It is on hold.");
    }

    @Test
    void stopsWhenNobodyOfTheDemoMayDoATask() {
        Task task = task("userTask_confirmReadiness", "Confirm readiness");
        when(actors.openTasks("storefront-2.4.0")).thenReturn(List.of(task));
        when(actors.candidates(task)).thenReturn(List.of());

        assertThatThrownBy(() -> autopilot(Duration.ofSeconds(30)).run(lines::add))
                .isInstanceOf(AutopilotStopped.class)
                .hasMessageContaining("Nobody of the demo may do 'Confirm readiness'");
    }

    private static Task task(String key, String name) {
        Task task = mock(Task.class);
        when(task.getId()).thenReturn(key + "-1");
        when(task.getTaskDefinitionKey()).thenReturn(key);
        when(task.getName()).thenReturn(name);
        return task;
    }
}
