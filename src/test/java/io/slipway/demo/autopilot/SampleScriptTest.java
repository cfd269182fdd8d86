package io.slipway.demo.autopilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

class SampleScriptTest {

    /** A release that goes as told comes to none of these. */
    private static final String[] OFF_THE_PATH = {
        "userTask_decideFailedGate",
        "userTask_grantWaiver",
        "userTask_resolveOpenPoints",
        "userTask_resumeRelease",
        "userTask_reviewEmergency",
        "userTask_prepareMaterial",
        "userTask_reviewMaterial",
        "userTask_decideQuestion"
    };

    @Test
    void knowsEveryTaskThatIsDrawnOnThePathOfTheDemo() throws IOException {
        SampleScript script = new SampleScript(mock(Actors.class), Clock.systemUTC());

        TreeSet<String> drawn = new TreeSet<>();
        try (Stream<Path> models = Files.walk(Path.of("bpmn"))) {
            models.filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(file ->
                            Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(UserTask.class).stream())
                    .forEach(task -> drawn.add(task.getId()));
        }
        assertThat(drawn).contains(OFF_THE_PATH);
        for (String task : OFF_THE_PATH) {
            drawn.remove(task);
        }

        assertThat(script.tasks()).containsExactlyInAnyOrderElementsOf(drawn);
    }
}
