package io.slipway.platform.process;

import io.slipway.platform.nodes.NodeName;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** The one place where the engine is told how Slipway wants it: expressions, scripts, listeners, checks on deployment. */
@Component
class EnginePlugin extends AbstractProcessEnginePlugin {

    private final ApplicationContext context;
    private final NodeName node;
    private final Watch watch;
    private final ObjectProvider<UserTasks> tasks;
    private final ObjectProvider<EngineAccess> access;
    private final ObjectProvider<ModelCheck> check;
    private final ObjectProvider<ModelVersions> versions;
    private final ObjectProvider<InterventionObserver> interventions;

    EnginePlugin(
            ApplicationContext context,
            NodeName node,
            ObjectProvider<UserTasks> tasks,
            ObjectProvider<StartRule> startRules,
            ObjectProvider<StepObserver> observers,
            ObjectProvider<EngineAccess> access,
            ObjectProvider<ModelCheck> check,
            ObjectProvider<ModelVersions> versions,
            ObjectProvider<InterventionObserver> interventions) {
        this.context = context;
        this.node = node;
        this.tasks = tasks;
        this.watch = new Watch(tasks, startRules, observers, access);
        this.access = access;
        this.check = check;
        this.versions = versions;
        this.interventions = interventions;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        // Logs of jobs and incidents tell which node it was.
        configuration.setHostname(node.value());
        configuration.setExpressionManager(new GuardedExpressions(context));
        configuration.setScriptEngineResolver(new NoScripts());
        configuration.setFailedJobCommandFactory(new JobsWithoutDatabase());
        List<BpmnParseListener> listeners = configuration.getCustomPostBPMNParseListeners() == null
                ? new ArrayList<>()
                : new ArrayList<>(configuration.getCustomPostBPMNParseListeners());
        listeners.add(watch);
        configuration.setCustomPostBPMNParseListeners(listeners);
        configuration.setCustomPreCommandInterceptorsTxRequired(
                List.of(new LostRaces(access), new DecidedByOwnWays(access)));
        configuration.setCustomPreCommandInterceptorsTxRequiresNew(
                List.of(new LostRaces(access), new DecidedByOwnWays(access)));
        configuration.setCustomPostCommandInterceptorsTxRequired(List.of(new PlainRefusals()));
        configuration.setCustomPostCommandInterceptorsTxRequiresNew(List.of(new PlainRefusals()));
        List<HistoryEventHandler> handlers = configuration.getCustomHistoryEventHandlers() == null
                ? new ArrayList<>()
                : new ArrayList<>(configuration.getCustomHistoryEventHandlers());
        handlers.add(new Interventions(interventions));
        configuration.setCustomHistoryEventHandlers(handlers);
        configuration.setTaskService(new FormsOnly.Tasks(tasks));
        configuration.setFormService(new FormsOnly.Forms(tasks));
        configuration.setCustomPreDeployers(
                List.of(deployment -> check.getObject().check(deployment)));
        configuration.setCustomPostDeployers(
                List.of(deployment -> versions.getObject().record(deployment)));
    }
}
