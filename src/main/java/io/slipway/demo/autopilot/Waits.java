package io.slipway.demo.autopilot;

import io.slipway.platform.process.EngineAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Where the processes of a release stand, and what keeps them there. */
@Component
@Profile("demo")
class Waits {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final RepositoryService repository;
    private final EngineAccess access;

    Waits(
            @Lazy RuntimeService runtime,
            @Lazy ManagementService management,
            @Lazy RepositoryService repository,
            EngineAccess access) {
        this.runtime = runtime;
        this.management = management;
        this.repository = repository;
        this.access = access;
    }

    /** What a person must look at before the release goes on, one sentence each; empty when there is no incident. */
    List<String> incidents(String releaseKey) {
        return access.asSystem(() -> instances(releaseKey)
                .flatMap(instance -> runtime.createIncidentQuery().processInstanceId(instance.getId()).list().stream())
                // Every calling level repeats the incident of the called one.
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
                .map(incident -> "the step '" + label(incident.getProcessDefinitionId(), incident.getActivityId())
                        + "' failed for good: " + reason(incident))
                .toList());
    }

    /** The steps at which tokens wait, with what went wrong there so far. */
    List<String> places(String releaseKey) {
        return access.asSystem(() -> {
            List<String> places = new ArrayList<>();
            instances(releaseKey).forEach(instance -> {
                runtime.getActiveActivityIds(instance.getId()).stream()
                        .filter(id -> !(element(instance.getProcessDefinitionId(), id) instanceof CallActivity))
                        .forEach(id -> places.add("'" + label(instance.getProcessDefinitionId(), id) + "'"));
                management.createJobQuery().processInstanceId(instance.getId()).withException().list().stream()
                        .map(job -> "tried without success: " + job.getExceptionMessage())
                        .forEach(places::add);
            });
            return places;
        });
    }

    /** Whether any process of a release still runs, beside its spine too. */
    boolean livesOn(String releaseKey) {
        return access.asSystem(() -> instances(releaseKey).findAny().isPresent());
    }

    /** Name of process and step, as they are drawn. */
    String label(String definitionId, String elementId) {
        FlowElement element = element(definitionId, elementId);
        String process = repository.getProcessDefinition(definitionId).getName();
        String name = element == null || element.getName() == null ? elementId : element.getName();
        return process + ": " + name.replace('\n', ' ');
    }

    private FlowElement element(String definitionId, String elementId) {
        return repository.getBpmnModelInstance(definitionId).getModelElementById(elementId);
    }

    private Stream<ProcessInstance> instances(String releaseKey) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(releaseKey).list().stream();
    }

    private static String reason(Incident incident) {
        return incident.getIncidentMessage() == null ? "no reason is known" : incident.getIncidentMessage();
    }
}
