package io.slipway.scenario;

import io.slipway.agent.AgentProcess;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ExternalWork;
import io.slipway.platform.process.ProcessKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** Does by hand what job executor and workers do by themselves, and stops where it is told to. */
@TestComponent
public class EngineByHand implements DisposableBean {

    /**
     * A saved point of a process.
     *
     * @param environment what the variable of that name says; empty where there is none
     */
    record Point(String process, String activity, String environment) {}

    private static final String HAND = "by-hand";
    private static final long LEASE = 60_000;

    private final RuntimeService runtime;
    private final ManagementService management;
    private final ExternalTaskService external;
    private final EngineAccess access;
    private final List<ExternalWork> works;
    private final Path agentDirectory;
    private final Map<String, Predicate<Point>> halts = new ConcurrentHashMap<>();
    private final Map<String, String> activities = new ConcurrentHashMap<>();
    private volatile Deed.Around around = Deed.Around.NOTHING;

    EngineByHand(
            RuntimeService runtime,
            ManagementService management,
            ExternalTaskService external,
            EngineAccess access,
            List<ExternalWork> works,
            @Value("${slipway.targets.agent.data-dir}") Path agentDirectory) {
        this.runtime = runtime;
        this.management = management;
        this.external = external;
        this.access = access;
        this.works = List.copyOf(works);
        this.agentDirectory = agentDirectory;
    }

    /** From now on nothing of this release is done at points like these. */
    void haltAt(String releaseKey, Predicate<Point> point) {
        halts.put(releaseKey, point);
    }

    /** From now on everything is done within this. */
    public void doneWithin(Deed.Around other) {
        around = other;
    }

    /** Does everything of a release that is due, until only people, times and halts are left. */
    public void turn(String releaseKey) {
        while (jobDone(releaseKey) || workDone(releaseKey)) {
            // What was done may have made the next thing due.
        }
    }

    private boolean jobDone(String releaseKey) {
        return access.asSystem(() -> {
            Optional<Job> due = instances(releaseKey)
                    .flatMap(instance ->
                            management
                                    .createJobQuery()
                                    .processInstanceId(instance.getId())
                                    .executable()
                                    .list()
                                    .stream())
                    .filter(job -> !halted(releaseKey, job))
                    .findFirst();
            due.ifPresent(job -> around.each(
                    new Deed(Deed.Kind.JOB, ProcessKeys.of(job.getProcessDefinitionId()), activityOf(job)),
                    () -> management.executeJob(job.getId())));
            return due.isPresent();
        });
    }

    /** Job of a release that waits at a point; fails when there is none. */
    Job jobAt(String releaseKey, String activity) {
        return access.asSystem(() -> instances(releaseKey)
                .flatMap(instance -> management.createJobQuery().processInstanceId(instance.getId()).list().stream())
                .filter(job -> activity.equals(activityOf(job)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No job of " + releaseKey + " waits at " + activity)));
    }

    /** Whether a job of a release waits at a point. */
    boolean isAt(String releaseKey, String activity) {
        return access.asSystem(() -> instances(releaseKey)
                .flatMap(instance -> management.createJobQuery().processInstanceId(instance.getId()).list().stream())
                .anyMatch(job -> activity.equals(activityOf(job))));
    }

    /** Does one job; whatever goes wrong in it reaches the caller. */
    void execute(Job job) {
        access.asSystem(() -> {
            management.executeJob(job.getId());
            return true;
        });
    }

    /** What the job executor does with the last attempt of a job: afterwards an incident says why. */
    void giveUp(Job job) {
        access.asSystem(() -> {
            management.setJobRetries(job.getId(), 1);
            return true;
        });
    }

    /** Gives a job its attempts back, as the retry in Cockpit does. */
    void giveBack(Job job) {
        access.asSystem(() -> {
            management.setJobRetries(job.getId(), 3);
            return true;
        });
    }

    private boolean halted(String releaseKey, Job job) {
        Predicate<Point> halt = halts.get(releaseKey);
        return halt != null
                && halt.test(new Point(
                        ProcessKeys.of(job.getProcessDefinitionId()),
                        activityOf(job),
                        environment(job.getExecutionId())));
    }

    private String activityOf(Job job) {
        return activities.computeIfAbsent(job.getJobDefinitionId(), id -> management
                .createJobDefinitionQuery()
                .jobDefinitionId(id)
                .singleResult()
                .getActivityId());
    }

    private String environment(String execution) {
        Object environment = runtime.getVariable(execution, "environment");
        return environment == null ? "" : environment.toString();
    }

    private boolean workDone(String releaseKey) {
        for (ExternalTask waiting : access.asSystem(
                () -> external.createExternalTaskQuery().notLocked().list())) {
            if (!releaseKey.equals(waiting.getBusinessKey()) || haltedWork(releaseKey, waiting)) {
                continue;
            }
            around.each(
                    new Deed(Deed.Kind.WORK, waiting.getProcessDefinitionKey(), waiting.getActivityId()),
                    () -> work(waiting));
            return true;
        }
        return false;
    }

    private boolean haltedWork(String releaseKey, ExternalTask task) {
        Predicate<Point> halt = halts.get(releaseKey);
        return halt != null
                && access.asSystem(() -> halt.test(new Point(
                        task.getProcessDefinitionKey(), task.getActivityId(), environment(task.getExecutionId()))));
    }

    /** Does the work behind an external task as Slipway's own worker. */
    void work(ExternalTask waiting) {
        access.as(EngineAccess.WORKER, () -> {
            LockedExternalTask task = external
                    .fetchAndLock(10, HAND)
                    .topic(waiting.getTopicName(), LEASE)
                    .businessKey(waiting.getBusinessKey())
                    .execute()
                    .stream()
                    .filter(locked -> locked.getId().equals(waiting.getId()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(waiting + " cannot be locked"));
            try {
                works.stream()
                        .filter(work -> work.topic().equals(task.getTopicName()))
                        .findFirst()
                        .orElseThrow()
                        .perform(task);
            } catch (ExternalWork.WorkRefused refused) {
                external.handleBpmnError(task.getId(), HAND, refused.errorCode(), refused.getMessage());
                return true;
            } catch (RuntimeException e) {
                external.unlock(task.getId());
                throw e;
            }
            external.complete(task.getId(), HAND);
            return true;
        });
    }

    private Stream<ProcessInstance> instances(String releaseKey) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(releaseKey).list().stream();
    }

    @Override
    public void destroy() throws IOException {
        AgentProcess.stop(agentDirectory, true);
    }
}
