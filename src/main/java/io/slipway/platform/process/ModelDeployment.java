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
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the models that the program brings, at every start, and only what changed since.
 *
 * <p>Names are the paths below {@code bpmn/} and {@code forms/}, so that it makes no difference whether the program runs from a jar
 * or from classes. An unchanged set adds nothing.
 */
@Component
class ModelDeployment implements SmartInitializingSingleton {

    static final String SOURCE = "program";

    private final RepositoryService repository;
    private final EngineAccess access;

    ModelDeployment(RepositoryService repository, EngineAccess access) {
        this.repository = repository;
        this.access = access;
    }

    @Override
    public void afterSingletonsInstantiated() {
        DeploymentBuilder deployment =
                repository.createDeployment().name("slipway").source(SOURCE).enableDuplicateFiltering(false);
        Map<String, Resource> models = models();
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

    private static Map<String, Resource> models() {
        Map<String, Resource> models = new TreeMap<>();
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        for (String pattern : new String[] {"bpmn/**/*.bpmn", "bpmn/**/*.dmn", "forms/**/*.form"}) {
            String root = pattern.substring(0, pattern.indexOf('/') + 1);
            try {
                for (Resource resource : resolver.getResources("classpath*:" + pattern)) {
                    String url = resource.getURL().toString();
                    models.put(url.substring(url.lastIndexOf("/" + root) + 1), resource);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The models " + pattern + " cannot be listed", e);
            }
        }
        return models;
    }
}
