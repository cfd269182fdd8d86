package io.slipway.scenario.crash;

import io.slipway.communication.CommunicationRound;
import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.demo.autopilot.Actors;
import io.slipway.demo.autopilot.SampleScript;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ExternalWork;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries one release, wherever it stands, to its end: jobs and external work one by one, tasks as the people of the demo do them. A
 * release that was taken back by the validation is what it expects.
 */
final class OneRelease {

    private static final String HAND = "by-hand";
    private static final String REVIEW = "userTask_holdReview";
    private static final long LEASE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RuntimeService runtime;
    private final ManagementService management;
    private final ExternalTaskService external;
    private final EngineAccess access;
    private final List<ExternalWork> works;
    private final Actors actors;
    private final SampleScript script;
    private final DemoStage stage;
    private final Releases releases;
    private final CommunicationRound round;
    private final JdbcClient jdbc;

    OneRelease(
            RuntimeService runtime,
            ManagementService management,
            ExternalTaskService external,
            EngineAccess access,
            List<ExternalWork> works,
            Actors actors,
            SampleScript script,
            DemoStage stage,
            Releases releases,
            CommunicationRound round,
            JdbcClient jdbc) {
        this.runtime = runtime;
        this.management = management;
        this.external = external;
        this.access = access;
        this.works = List.copyOf(works);
        this.actors = actors;
        this.script = script;
        this.stage = stage;
        this.releases = releases;
        this.round = round;
        this.jdbc = jdbc;
    }

    /** Does what is open until the release has ended and nothing of it is due; gives its key. */
    String carry(String version) {
        BuiltSample build = stage.build(version);
        String key = SampleLandscape.SYSTEM + "-" + version;
        if (releases.find(key).isEmpty()) {
            actors.request(
                    actors.named("mara"),
                    new NewRelease(SampleLandscape.SYSTEM, version, "Storefront " + version, Urgency.NORMAL));
        }
        long moved = System.nanoTime();
        while (true) {
            if (jobDone(key) || workDone(key) || taskDone(key, build)) {
                moved = System.nanoTime();
                continue;
            }
            round.run();
            Release release = releases.find(key).orElseThrow();
            if (release.state().ended() && nothingElseLivesOn(key) && mailsAreGone()) {
                return key;
            }
            if (System.nanoTime() - moved > PATIENCE.toNanos()
                    || !incidents(key).isEmpty()) {
                throw new AssertionError(
                        key + " is " + release.state() + " and does not go on: " + incidents(key) + " " + places(key));
            }
            pause();
        }
    }

    private boolean jobDone(String key) {
        Optional<Job> due = access.asSystem(() -> jobs(key).findFirst());
        due.ifPresent(job -> {
            try {
                access.asSystem(() -> {
                    management.executeJob(job.getId());
                    return true;
                });
            } catch (RuntimeException e) {
                // The engine has taken down the failure and when it tries again, as it does for its own executor.
                System.out.println("A job failed: " + e);
            }
        });
        return due.isPresent();
    }

    private Stream<Job> jobs(String key) {
        return instances(key)
                .flatMap(instance ->
                        management.createJobQuery().processInstanceId(instance.getId()).executable().list().stream())
                .sorted(Comparator.comparing(Job::getCreateTime)
                        .thenComparing(Job::getProcessDefinitionId)
                        .thenComparing(Job::getId));
    }

    private boolean workDone(String key) {
        Optional<ExternalTask> open =
                access
                        .asSystem(() ->
                                external.createExternalTaskQuery().notLocked().list())
                        .stream()
                        .filter(task -> key.equals(task.getBusinessKey()))
                        .filter(task -> task.getRetries() == null || task.getRetries() > 0)
                        .findFirst();
        open.ifPresent(this::work);
        return open.isPresent();
    }

    private void work(ExternalTask waiting) {
        access.as(EngineAccess.WORKER, () -> {
            List<LockedExternalTask> locked = external.fetchAndLock(1, HAND)
                    .topic(waiting.getTopicName(), LEASE)
                    .businessKey(waiting.getBusinessKey())
                    .includeExtensionProperties()
                    .execute();
            for (LockedExternalTask task : locked) {
                try {
                    works.stream()
                            .filter(work -> work.topic().equals(task.getTopicName()))
                            .findFirst()
                            .orElseThrow()
                            .perform(task);
                    external.complete(task.getId(), HAND);
                } catch (ExternalWork.WorkRefused refused) {
                    external.handleBpmnError(task.getId(), HAND, refused.errorCode(), refused.getMessage());
                } catch (RuntimeException e) {
                    System.out.println("External work failed: " + e);
                    int left = task.getRetries() == null ? 3 : task.getRetries() - 1;
                    external.handleFailure(task.getId(), HAND, e.getMessage(), e.toString(), left, 1_000);
                }
            }
            return true;
        });
    }

    private boolean taskDone(String key, BuiltSample build) {
        List<Task> open = todo(key);
        if (open.isEmpty()) {
            return false;
        }
        Task task = open.get(0);
        SamplePerson who =
                script.who(task).orElseThrow(() -> new AssertionError("Nobody may do '" + task.getName() + "'"));
        Release release = releases.find(key).orElseThrow();
        SampleScript.Scene scene = new SampleScript.Scene(task, who, release, build, ReleaseOutcome.ROLLED_BACK);
        actors.complete(who, task, script.prepare(scene));
        return true;
    }

    /** The tasks in the order in which they came, without the review, which is held when all is over. */
    private List<Task> todo(String key) {
        return actors.openTasks(key).stream()
                .filter(task -> !task.getTaskDefinitionKey().equals(REVIEW))
                .toList();
    }

    private boolean mailsAreGone() {
        return jdbc.sql("select count(*) from mail_message where state in ('PENDING', 'SENDING', 'FAILED')")
                        .query(Long.class)
                        .single()
                == 0;
    }

    private boolean nothingElseLivesOn(String key) {
        return access.asSystem(
                () -> instances(key).allMatch(instance -> runtime.getActiveActivityIds(instance.getId()).stream()
                        .allMatch(REVIEW::equals)));
    }

    private List<String> incidents(String key) {
        return access.asSystem(() -> instances(key)
                .flatMap(instance -> runtime.createIncidentQuery().processInstanceId(instance.getId()).list().stream())
                .map(incident -> incident.getActivityId() + ": " + incident.getIncidentMessage())
                .toList());
    }

    private String places(String key) {
        return access.asSystem(() -> instances(key)
                .map(instance ->
                        instance.getProcessDefinitionId() + " " + runtime.getActiveActivityIds(instance.getId()))
                .collect(Collectors.joining("; ")));
    }

    private Stream<ProcessInstance> instances(String key) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(key).list().stream();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
