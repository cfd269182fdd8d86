package io.slipway.release.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.platform.process.ModelEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.model.bpmn.Bpmn;

/** Stands in for the processes that a model calls: each waits until the test lets it end, with facts or with an outcome. */
final class CalledProcesses implements JavaDelegate {

    private final List<String> keys;
    private final Map<String, Map<String, Object>> facts = new HashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();

    CalledProcesses(String... keys) {
        this.keys = List.of(keys);
    }

    void deploy(ModelEngine engine) {
        facts.clear();
        outcomes.clear();
        DeploymentBuilder deployment = engine.engine().getRepositoryService().createDeployment();
        keys.forEach(key -> deployment.addModelInstance(
                key + ".bpmn",
                Bpmn.createExecutableProcess(key)
                        .camundaHistoryTimeToLiveString("P1D")
                        .startEvent()
                        .receiveTask("receiveTask_" + key.replace('-', '_'))
                        .message("stub." + key)
                        .serviceTask()
                        .camundaDelegateExpression("${calledProcesses}")
                        .endEvent()
                        .done()));
        deployment.deploy();
    }

    void undeploy(ModelEngine engine) {
        engine.engine().getRepositoryService().createDeploymentQuery().list().forEach(deployment -> engine.engine()
                .getRepositoryService()
                .deleteDeployment(deployment.getId(), true));
    }

    /** Lets the process that waits under this key end, with these facts. */
    void end(ModelEngine engine, String key, Map<String, Object> variables) {
        facts.put(key, variables);
        signal(engine, key);
    }

    /** Lets the processes that wait under these keys end, one after the other. */
    void end(ModelEngine engine, String... inOrder) {
        Arrays.stream(inOrder).forEach(key -> end(engine, key, Map.of()));
    }

    /** Lets the process that waits under this key end with an outcome that its caller catches. */
    void endWith(ModelEngine engine, String key, String errorCode) {
        outcomes.put(key, errorCode);
        signal(engine, key);
        outcomes.remove(key);
    }

    /** Whether a process waits under this key. */
    static boolean waits(ModelEngine engine, String key) {
        return subscriptions(engine, key).size() == 1;
    }

    private static void signal(ModelEngine engine, String key) {
        List<EventSubscription> waiting = subscriptions(engine, key);
        assertThat(waiting).as("processes that wait as " + key).hasSize(1);
        engine.engine()
                .getRuntimeService()
                .messageEventReceived("stub." + key, waiting.get(0).getExecutionId());
    }

    private static List<EventSubscription> subscriptions(ModelEngine engine, String key) {
        return engine.engine()
                .getRuntimeService()
                .createEventSubscriptionQuery()
                .eventName("stub." + key)
                .list();
    }

    @Override
    public void execute(DelegateExecution execution) {
        String id = execution.getProcessDefinitionId();
        String key = id.substring(0, id.indexOf(':'));
        execution.setVariables(facts.getOrDefault(key, Map.of()));
        String outcome = outcomes.get(key);
        if (outcome != null) {
            throw new BpmnError(outcome);
        }
    }
}
