package io.slipway.governance.compliance;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Reads in the models which elements carry out which control: the property {@code control}, several separated by commas. */
@Component
class ControlMarks {

    private static final String PROPERTY = "control";

    private final ModelVersions models;
    private final RepositoryService repository;
    private final EngineAccess access;

    /** A version never changes, so that it is read once. */
    private final Map<String, Map<String, List<MarkedElement>>> read = new ConcurrentHashMap<>();

    ControlMarks(ModelVersions models, @Lazy RepositoryService repository, EngineAccess access) {
        this.models = models;
        this.repository = repository;
        this.access = access;
    }

    /** Marked elements, by mark, in the versions that a release recorded at its start. */
    Map<String, List<MarkedElement>> of(String releaseKey) {
        Map<String, List<MarkedElement>> marks = new HashMap<>();
        models.pins(releaseKey).stream()
                .filter(pin -> pin.kind() == ModelKind.PROCESS)
                .forEach(pin -> merge(marks, version(pin.key(), pin.version())));
        return marks;
    }

    /** Marked elements, by mark, in the newest accepted versions. */
    Map<String, List<MarkedElement>> newest() {
        Map<String, List<MarkedElement>> marks = new HashMap<>();
        Set<String> keys =
                access.asSystem(() -> repository.createProcessDefinitionQuery().latestVersion().list().stream()
                        .map(ProcessDefinition::getKey)
                        .collect(Collectors.toSet()));
        models.newestAccepted(ModelKind.PROCESS).forEach((key, version) -> {
            if (keys.contains(key)) {
                merge(marks, version(key, version));
            }
        });
        return marks;
    }

    private static void merge(Map<String, List<MarkedElement>> all, Map<String, List<MarkedElement>> some) {
        some.forEach((mark, elements) ->
                all.computeIfAbsent(mark, first -> new ArrayList<>()).addAll(elements));
    }

    private Map<String, List<MarkedElement>> version(String key, int version) {
        return read.computeIfAbsent(key + ":" + version, id -> access.asSystem(() -> marks(key, version)));
    }

    private Map<String, List<MarkedElement>> marks(String key, int version) {
        Map<String, List<MarkedElement>> marks = new HashMap<>();
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .processDefinitionVersion(version)
                .singleResult();
        if (definition == null) {
            return marks;
        }
        for (CamundaProperty property :
                repository.getBpmnModelInstance(definition.getId()).getModelElementsByType(CamundaProperty.class)) {
            if (PROPERTY.equals(property.getCamundaName())
                    && property.getParentElement().getParentElement().getParentElement() instanceof FlowNode node) {
                Arrays.stream(property.getCamundaValue().split(","))
                        .map(String::strip)
                        .forEach(mark -> marks.computeIfAbsent(mark, first -> new ArrayList<>())
                                .add(new MarkedElement(key, version, node.getId(), String.valueOf(node.getName()))));
            }
        }
        return marks;
    }
}
