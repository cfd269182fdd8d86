package io.slipway.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.scenario.Deed;
import io.slipway.testing.CountedStatements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.jspecify.annotations.Nullable;

/**
 * The engine alone with the same models, in which delegates do nothing but leave behind what the real ones left: what the engine itself
 * costs. It goes the way of a recorded release step by step; a step that is not there fails, so that nothing else is measured.
 */
final class BareEngine implements AutoCloseable {

    private static final int GROUPS = 50;
    private static final String PERSON = "bench";
    private static final String WORKER = "worker";
    private static final Pattern DELEGATE = Pattern.compile("\\$\\{(\\w+Delegate)}");

    private final HikariDataSource pool;
    private final ProcessEngine engine;
    private final List<String> groups =
            IntStream.range(0, GROUPS).mapToObj(i -> "group-" + i).toList();
    private final Map<String, String> activities = new HashMap<>();
    private @Nullable Recorded going;

    BareEngine(String url, String user, String password, String history, boolean authorization) throws IOException {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        settings.setMaximumPoolSize(5);
        pool = new HikariDataSource(settings);
        Map<String, String> models = models();
        ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare-" + history + "-" + authorization);
        configuration.setDataSource((DataSource) new CountedStatements().postProcessAfterInitialization(pool, "bare"));
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory(history);
        configuration.setAuthorizationEnabled(authorization);
        configuration.setTenantCheckEnabled(false);
        configuration.setJobExecutorActivate(false);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setDefaultSerializationFormat(Variables.SerializationDataFormats.JSON.getName());
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        configuration.setBeans(beans(models));
        engine = configuration.buildProcessEngine();
        DeploymentBuilder deployment =
                engine.getRepositoryService().createDeployment().name("models");
        models.forEach(deployment::addString);
        deployment.deploy();
        if (authorization) {
            allow();
        }
    }

    private static Map<String, String> models() throws IOException {
        Map<String, String> models = new HashMap<>();
        for (String directory : List.of("bpmn", "forms")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                for (Path file : files.filter(one -> !one.toString().contains("node_modules"))
                        .filter(one -> one.toString().matches(".*\\.(bpmn|dmn|form)"))
                        .toList()) {
                    models.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return models;
    }

    private Map<Object, Object> beans(Map<String, String> models) {
        Map<Object, Object> beans = new HashMap<>();
        beans.put("models", new ModelEngine.FirstVersions());
        beans.put("deadlines", new ModelEngine.NoHurry());
        JavaDelegate nothing = execution -> Optional.ofNullable(
                        outcome(ProcessKeys.of(execution.getProcessDefinitionId()), execution.getCurrentActivityId()))
                .ifPresent(execution::setVariables);
        for (String model : models.values()) {
            Matcher named = DELEGATE.matcher(model);
            while (named.find()) {
                beans.put(named.group(1), nothing);
            }
        }
        return beans;
    }

    /** What this visit of an element is to leave behind; the last is used again. */
    private @Nullable VariableMap outcome(String process, String activity) {
        Deque<VariableMap> left = Objects.requireNonNull(going).outcomes().get(Recorded.place(process, activity));
        if (left == null) {
            return null;
        }
        return left.size() > 1 ? left.poll() : left.peek();
    }

    /** Fifty groups of which each may do some of what a person does. */
    private void allow() {
        AuthorizationService authorizations = engine.getAuthorizationService();
        for (String group : groups) {
            for (Resources resource :
                    List.of(Resources.PROCESS_DEFINITION, Resources.PROCESS_INSTANCE, Resources.TASK)) {
                Authorization allowed = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
                allowed.setGroupId(group);
                allowed.setResource(resource);
                allowed.setResourceId("*");
                allowed.addPermission(Permissions.ALL);
                authorizations.saveAuthorization(allowed);
            }
        }
    }

    /**
     * Goes the way of a recorded release.
     *
     * @param taken is told what each step took
     */
    void replay(String businessKey, Recorded recorded, Taken taken) throws Exception {
        going = recorded.again();
        String release = going.starts().keySet().iterator().next();
        taken.add("", Taken.START, release, start(release, businessKey));
        for (Deed deed : recorded.deeds()) {
            Optional<Cost> done = done(deed, businessKey);
            if (done.isEmpty() && going.starts().containsKey(deed.process())) {
                taken.add("", Taken.START, deed.process(), start(deed.process(), businessKey));
                done = done(deed, businessKey);
            }
            taken.add(
                    "",
                    deed.kind().name(),
                    deed.toString(),
                    done.orElseThrow(() -> new AssertionError(
                            deed + " is not there; there are " + jobs(businessKey) + " and " + tasks(businessKey))));
        }
    }

    private Cost start(String process, String businessKey) throws Exception {
        VariableMap begin = Objects.requireNonNull(
                        Objects.requireNonNull(going).starts().get(process))
                .poll();
        return asPerson(() -> engine.getRuntimeService().startProcessInstanceByKey(process, businessKey, begin));
    }

    private Optional<Cost> done(Deed deed, String businessKey) throws Exception {
        return switch (deed.kind()) {
            case JOB -> {
                Optional<Job> job = jobs(businessKey).stream()
                        .filter(one -> deed.equals(named(one)))
                        .findFirst();
                yield job.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Cost.of(() -> engine.getManagementService()
                                .executeJob(job.get().getId())));
            }
            case TASK -> {
                Optional<Task> task = tasks(businessKey).stream()
                        .filter(one ->
                                ProcessKeys.of(one.getProcessDefinitionId()).equals(deed.process()))
                        .filter(one -> one.getTaskDefinitionKey().equals(deed.activity()))
                        .findFirst();
                yield task.isEmpty() ? Optional.empty() : Optional.of(complete(task.get()));
            }
            case WORK -> Optional.of(work(deed));
        };
    }

    private Cost complete(Task task) throws Exception {
        VariableMap inputs = outcome(ProcessKeys.of(task.getProcessDefinitionId()), task.getTaskDefinitionKey());
        return asPerson(() -> {
            if (task.getAssignee() == null) {
                engine.getTaskService().claim(task.getId(), PERSON);
            }
            engine.getTaskService().complete(task.getId(), inputs == null ? Map.of() : inputs);
        });
    }

    private Cost work(Deed deed) throws Exception {
        String topic = engine
                .getExternalTaskService()
                .createExternalTaskQuery()
                .activityId(deed.activity())
                .notLocked()
                .list()
                .stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(deed + " is not there"))
                .getTopicName();
        return Cost.of(() -> {
            LockedExternalTask locked = engine.getExternalTaskService()
                    .fetchAndLock(1, WORKER)
                    .topic(topic, 60_000)
                    .execute()
                    .get(0);
            VariableMap outcome = outcome(locked.getProcessDefinitionKey(), locked.getActivityId());
            engine.getExternalTaskService().complete(locked.getId(), WORKER, outcome == null ? Map.of() : outcome);
        });
    }

    private List<Job> jobs(String businessKey) {
        List<Job> jobs = new ArrayList<>();
        for (ProcessInstance instance : engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .list()) {
            jobs.addAll(engine.getManagementService()
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .list());
        }
        jobs.sort(Comparator.comparing(Job::getCreateTime));
        return jobs;
    }

    private List<Task> tasks(String businessKey) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(businessKey)
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    private Deed named(Job job) {
        String activity = activities.computeIfAbsent(job.getJobDefinitionId(), id -> engine.getManagementService()
                .createJobDefinitionQuery()
                .jobDefinitionId(id)
                .singleResult()
                .getActivityId());
        return new Deed(Deed.Kind.JOB, ProcessKeys.of(job.getProcessDefinitionId()), activity);
    }

    private Cost asPerson(CountedStatements.Work work) throws Exception {
        engine.getIdentityService().setAuthentication(PERSON, groups);
        try {
            return Cost.of(work);
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
