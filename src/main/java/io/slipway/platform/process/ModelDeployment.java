package io.slipway.platform.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Deploys the models that the program brings, at every start, and only what changed since; an unchanged set adds nothing. */
@Component
class ModelDeployment implements SmartInitializingSingleton {

    static final String SOURCE = "program";

    private final RepositoryService repository;
    private final EngineAccess access;
    private final ProgramModels program;

    ModelDeployment(RepositoryService repository, EngineAccess access, ProgramModels program) {
        this.repository = repository;
        this.access = access;
        this.program = program;
    }

    @Override
    public void afterSingletonsInstantiated() {
        DeploymentBuilder deployment =
                repository.createDeployment().name("slipway").source(SOURCE).enableDuplicateFiltering(false);
        Map<String, Resource> models = new TreeMap<>(program.files());
        if (models.isEmpty()) {
            return;
        }
        try {
            for (Map.Entry<String, Resource> model : models.entrySet()) {
                try (InputStream in = model.getValue().getInputStream()) {
                    deployment.addInputStream(model.getKey(), in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A model cannot be read", e);
        }
        access.asSystem(deployment::deploy);
    }
}
