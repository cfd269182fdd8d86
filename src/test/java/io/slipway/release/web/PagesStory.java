package io.slipway.release.web;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * What tests of pages tell: people with roles, two systems, and releases on a spine with one called process.
 *
 * <p>The spine is deployed as a newer version of {@code run-release}, so that it makes no difference which models the program brings.
 */
@TestConfiguration(proxyBeanMethods = false)
class PagesStory {

    static final String PASSWORD = "Correct-Horse-7";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AtomicBoolean FAILING = new AtomicBoolean();

    /** Steps of the story. */
    record Steps(
            People people,
            Landscape landscape,
            Releases releases,
            EngineAccess access,
            RepositoryService repository,
            ManagementService management,
            TaskService tasks) {

        /** Opens an account with these roles and answers its opaque id. */
        String person(String name, String... groups) {
            return people.register(new NewPerson(
                    login(name),
                    name,
                    login(name) + "@example.org",
                    PASSWORD,
                    new LinkedHashSet<>(Arrays.asList(groups))));
        }

        /** The name by which the person signs in. */
        static String login(String name) {
            return name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.');
        }

        /** A system with an environment below production; added once. */
        void system(String key, String name) {
            landscape.add(key, name, false);
            landscape.addEnvironment(key, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
            landscape.addEnvironment(key, "production", "Production", Environment.Tier.PRODUCTION, 2, 2);
        }

        /** Deploys the small spine as the program would, accepted at once. */
        void models() {
            deploy("run-release.bpmn", text("run-release.bpmn"));
            deploy("pages-phase.bpmn", text("pages-phase.bpmn"));
            deploy("decide-page.form", text("decide-page.form"));
        }

        private void deploy(String file, String text) {
            access.asSystem(() -> repository
                    .createDeployment()
                    .name("pages")
                    .source("program")
                    .enableDuplicateFiltering(true)
                    .addString("pages/" + file, text)
                    .deploy());
        }

        /** A file of this story. */
        static String text(String file) {
            try (InputStream in = PagesStory.class.getResourceAsStream("/pages/" + file)) {
                if (in == null) {
                    throw new IllegalArgumentException("There is no file " + file);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Deploys a text in the name of a person, so that it becomes a proposal. */
        void propose(String person, String file, String text) {
            access.as(person, () -> repository
                    .createDeployment()
                    .name("Modeler")
                    .addString("pages/" + file, text)
                    .deploy());
        }

        /** Requests a release with a version that was not used before; its first task is open afterwards. */
        Release release(String system, String title, String requester) {
            Release release = requested(system, title, requester);
            work(release);
            return release;
        }

        /** Requests a release whose process has not taken a step yet. */
        Release requested(String system, String title, String requester) {
            String version = "1." + NUMBER.incrementAndGet() + ".0";
            return access.as(
                    requester,
                    () -> releases.request(new NewRelease(system, version, title, Urgency.NORMAL), requester));
        }

        /** Runs every step that can run now without a person, through all called processes. */
        void work(Release release) {
            String root = releases.get(release.id()).processInstanceId().orElseThrow();
            for (List<Job> jobs = ready(root); !jobs.isEmpty(); jobs = ready(root)) {
                run(jobs.get(0));
            }
        }

        private List<Job> ready(String root) {
            return access.asSystem(() -> management
                    .createJobQuery()
                    .rootProcessInstanceId(root)
                    .withRetriesLeft()
                    .messages()
                    .list());
        }

        private void run(Job job) {
            try {
                access.asSystem(() -> {
                    management.executeJob(job.getId());
                    return true;
                });
            } catch (RuntimeException failed) {
                if (!FAILING.get()) {
                    throw failed;
                }
                // What a job executor would take down; the engine keeps the message and the attempts that are left.
                access.asSystem(() -> {
                    management.setJobRetries(job.getId(), 0);
                    return true;
                });
            }
        }

        /** Lets the moment of every timer of a release come. */
        void timers(Release release) {
            String root = releases.get(release.id()).processInstanceId().orElseThrow();
            access.asSystem(() -> management
                            .createJobQuery()
                            .rootProcessInstanceId(root)
                            .timers()
                            .list())
                    .forEach(this::run);
            work(release);
        }

        /** The only task that is open in a release. */
        Task task(Release release) {
            return access.asSystem(() -> tasks.createTaskQuery()
                    .processInstanceBusinessKey(release.key())
                    .singleResult());
        }

        /** Takes the only open task and completes it. */
        void complete(Release release, String person) {
            Task task = task(release);
            access.as(person, () -> {
                tasks.claim(task.getId(), person);
                tasks.complete(task.getId(), Map.of("decision", "as it is"));
                return true;
            });
            work(release);
        }

        /** Makes the automatic step fail, or lets it succeed again. */
        void failing(boolean failing) {
            FAILING.set(failing);
        }
    }

    @Bean
    Steps steps(
            People people,
            Landscape landscape,
            Releases releases,
            EngineAccess access,
            @Lazy RepositoryService repository,
            @Lazy ManagementService management,
            @Lazy TaskService tasks) {
        return new Steps(people, landscape, releases, access, repository, management, tasks);
    }

    @Bean
    JavaDelegate writePageDelegate() {
        return execution -> {
            if (FAILING.get()) {
                throw new IllegalStateException("The printer <b>has no paper</b>; please fill it and retry.");
            }
        };
    }

    @Bean
    UserTaskHandler decidePageTask() {
        return new UserTaskHandler() {

            @Override
            public String process() {
                return "pages-phase";
            }

            @Override
            public String task() {
                return "userTask_decidePage";
            }

            @Override
            public List<String> inputs() {
                return List.of("decision");
            }

            @Override
            public Brief brief(DelegateTask task) {
                return Brief.of("Decide what the page says");
            }

            @Override
            public void complete(DelegateTask task, Submission submission) {
                submission.requireText("decision", 100);
            }
        };
    }
}
