package io.slipway.demo.autopilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

class SampleScriptTest {

    /** A release that goes as told comes to none of these. */
    private static final String[] OFF_THE_PATH = {
        "userTask_decideFailedGate",
        "userTask_grantWaiver",
        "userTask_resolveOpenPoints",
        "userTask_resumeRelease",
        "userTask_reviewEmergency"
    };

    @Test
    void knowsEveryTaskThatIsDrawnOnThePathOfTheDemo() throws IOException {
        SampleScript script = new SampleScript(mock(Actors.class), Clock.systemUTC());
        Map<String, BpmnModelInstance> models = models();

        Set<String> path = called("run-release", models);
        Set<String> drawn = tasks(path, models);
        assertThat(drawn).contains(OFF_THE_PATH);
        for (String task : OFF_THE_PATH) {
            drawn.remove(task);
        }

        assertThat(script.tasks()).containsAll(drawn).isSubsetOf(tasks(models.keySet(), models));
        assertThat(script.tasks()).doesNotContain(OFF_THE_PATH);
    }

    private static Map<String, BpmnModelInstance> models() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .collect(Collectors.toMap(
                            file -> String.valueOf(file.getFileName()).replace(".bpmn", ""),
                            file -> Bpmn.readModelFromFile(file.toFile())));
        }
    }

    /** A process and everything that it calls; what runs beside the spine is called by nobody. */
    private static Set<String> called(String process, Map<String, BpmnModelInstance> models) {
        Set<String> all = new TreeSet<>(Set.of(process));
        Objects.requireNonNull(models.get(process)).getModelElementsByType(CallActivity.class).stream()
                .map(CallActivity::getCalledElement)
                .forEach(next -> all.addAll(called(next, models)));
        return all;
    }

    private static Set<String> tasks(Set<String> processes, Map<String, BpmnModelInstance> models) {
        return processes.stream()
                .flatMap(process ->
                        Objects.requireNonNull(models.get(process)).getModelElementsByType(UserTask.class).stream())
                .map(UserTask::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
