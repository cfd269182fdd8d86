package io.slipway.platform.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.springframework.stereotype.Component;

/**
 * Reads every file that is deployed before the engine looks at it, and refuses it with all its faults at once, each with the id of its
 * element: what is not open to models, a step that nothing stands behind, a task that people could not decide, a model that nobody
 * would call.
 *
 * <p>The refusal has the shape that Modeler shows to the person who deploys.
 */
@Component
class ModelCheck {

    private final ProcessCheck processes;
    private final UserTasks tasks;
    private final ProgramModels program;
    private final ModelVersions versions;
    private final EngineAccess access;

    ModelCheck(
            ProcessCheck processes,
            UserTasks tasks,
            ProgramModels program,
            ModelVersions versions,
            EngineAccess access) {
        this.processes = processes;
        this.tasks = tasks;
        this.program = program;
        this.versions = versions;
        this.access = access;
    }

    /** Whether somebody calls what has this key; what the program itself brings decides what is called. */
    private boolean called(ModelKind kind, String key) {
        return access.person().isEmpty()
                || program.keys(kind).contains(key)
                || versions.newestAccepted(kind, key).isPresent();
    }

    void check(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        Map<String, ResourceEntity> files = new TreeMap<>(deployment.getResources());
        files.forEach((name, file) -> {
            List<ModelFault> faults = new ArrayList<>();
            if (deployment.getTenantId() != null) {
                faults.add(new ModelFault(null, "Models belong to no tenant here; please deploy without one."));
            }
            if (!seen.add(name.substring(name.lastIndexOf('/') + 1))) {
                faults.add(new ModelFault(null, "Two files of this deployment have the key of " + name + "."));
            }
            faults.addAll(faults(name, file.getBytes()));
            if (!faults.isEmpty()) {
                String all =
                        faults.stream().map(fault -> "* " + fault.message()).collect(Collectors.joining("\n"));
                throw new ParseException(
                        "The model " + name + " is refused:\n" + all, name, List.copyOf(faults), List.of());
            }
        });
    }

    /** All faults of one file, in the order of its elements; empty when it may be used. */
    List<ModelFault> faults(String file, byte[] content) {
        ModelKind kind = ModelKind.of(file).orElse(null);
        if (kind == null) {
            return List.of(new ModelFault(
                    null, "'" + file + "' is refused: only .bpmn, .dmn and .form files are deployed here."));
        }
        String key = ModelKind.keyOf(file);
        List<ModelFault> faults = new ArrayList<>();
        if (!called(kind, key)) {
            faults.add(
                    new ModelFault(
                            null,
                            "Nobody calls a " + kind.name().toLowerCase(Locale.ROOT) + " '" + key
                                    + "'; only those known to Slipway are replaced, and a file bears the key of what it holds."));
        }
        faults.addAll(
                switch (kind) {
                    case PROCESS -> processes.faults(key, content, this::called);
                    case DECISION -> DecisionCheck.faults(key, content);
                    case FORM -> FormCheck.faults(key, content, tasks);
                });
        return faults;
    }
}
