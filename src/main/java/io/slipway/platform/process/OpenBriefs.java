package io.slipway.platform.process;

import java.util.List;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Writes the briefs of open tasks again when what they tell of has changed meanwhile, such as the files that were handed in. */
@Component
public class OpenBriefs {

    private static final Logger LOG = LoggerFactory.getLogger(OpenBriefs.class);
    private static final int ATTEMPTS = 3;

    private final ProcessEngine engine;
    private final UserTasks tasks;
    private final EngineAccess access;

    OpenBriefs(@Lazy ProcessEngine engine, @Lazy UserTasks tasks, EngineAccess access) {
        this.engine = engine;
        this.tasks = tasks;
        this.access = access;
    }

    /**
     * Writes the brief of every open task of one kind again; where none is open, nothing happens. What is told is not what is decided on:
     * a brief that somebody else changes at the same moment is left to them.
     *
     * @param businessKey of the process instances
     * @param process key of the process
     * @param task id of the user task in it
     */
    public void renew(String businessKey, String process, String task) {
        List<String> open = access.asSystem(() -> engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(businessKey)
                .processDefinitionKey(process)
                .taskDefinitionKey(task)
                .list()
                .stream()
                .map(Task::getId)
                .toList());
        open.forEach(this::renew);
    }

    /**
     * What a person reads before deciding on an open task, made anew from the records; whatever the task carries is not looked at.
     *
     * @throws TaskRefused when the task is not open any more
     */
    public Brief read(String id) {
        return access.asSystem(() -> executor().execute(context -> {
            TaskEntity task = context.getTaskManager().findTaskById(id);
            if (task == null) {
                throw new TaskRefused("The task has been decided or withdrawn meanwhile.");
            }
            return tasks.briefOf(task);
        }));
    }

    private void renew(String id) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                access.asSystem(() -> write(id));
                return;
            } catch (OptimisticLockingException e) {
                LOG.debug("The brief of task {} was changed at the same moment, attempt {}", id, attempt);
            }
        }
    }

    private boolean write(String id) {
        return executor().execute(context -> {
            TaskEntity task = context.getTaskManager().findTaskById(id);
            if (task != null) {
                tasks.brief(task);
            }
            return true;
        });
    }

    private CommandExecutor executor() {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getCommandExecutorTxRequired();
    }
}
