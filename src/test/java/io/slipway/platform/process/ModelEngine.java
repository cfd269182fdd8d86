package io.slipway.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageInMemProcessEngineConfiguration;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * One model on an engine in memory, with the real delegates and task handlers and the real built-in listeners; what lies behind the
 * handlers is the test's business. Register {@link #extension(String...)} with JUnit and call {@link #begin()} before each test. Models
 * named by {@code @Deployment} are there in the test method, and not yet before it.
 *
 * <pre>{@code
 * private static final ModelEngine ENGINE = ModelEngine.of("scope-release", new FreezeScopeDelegate(..), new ConfirmScopeTask(..));
 *
 * @RegisterExtension
 * static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();
 * }</pre>
 */
public final class ModelEngine {

    private final String name;
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final Map<String, JavaDelegate> delegates = new LinkedHashMap<>();
    private final Map<String, Object> facades = new LinkedHashMap<>();
    private @Nullable ProcessEngineCoverageExtension extension;

    private ModelEngine(String name) {
        this.name = name;
    }

    /** Delegates, handlers, rules and observers by their own classes; a bean's name is its class name with a small first letter. */
    public static ModelEngine of(String name, Object... parts) {
        ModelEngine engine = new ModelEngine(name);
        for (Object part : parts) {
            String simple = part.getClass().getSimpleName();
            String bean = simple.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + simple.substring(1);
            engine.beans.addBean(bean, part);
            if (part instanceof JavaDelegate delegate) {
                engine.delegates.put(bean, delegate);
            }
        }
        return engine;
    }

    /** Adds a delegate under a name, such as one of another module that the model names. */
    public ModelEngine delegate(String bean, JavaDelegate delegate) {
        delegates.put(bean, delegate);
        return this;
    }

    /**
     * The JUnit extension; every element of the deployed models must be passed by the tests of the class.
     *
     * @param stubs keys of processes that stand in for called ones and are not counted
     */
    public ProcessEngineCoverageExtension extension(String... stubs) {
        ProcessCoverageInMemProcessEngineConfiguration configuration =
                new ProcessCoverageInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(name);
        configuration.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=1000");
        configuration.setDatabaseSchemaUpdate("create-drop");
        configuration.setHistoryTimeToLive("P1D");
        configuration.setDefaultSerializationFormat("application/json");
        configuration.setGeneralResourceWhitelistPattern("[a-zA-Z0-9@._-]+");
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        configuration.setJobExecutorActivate(false);
        configuration.setCustomPostCommandInterceptorsTxRequired(List.of(new PlainRefusals()));
        configuration.setCustomPostCommandInterceptorsTxRequiresNew(List.of(new PlainRefusals()));
        configuration.setTaskService(new FormsOnly.Tasks(beans.getBeanProvider(UserTasks.class)));
        configuration.setFormService(new FormsOnly.Forms(beans.getBeanProvider(UserTasks.class)));
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(watch())));
        facades.put("models", new FirstVersions());
        facades.put("deadlines", new NoHurry());
        ProcessEngineCoverageExtension built = ProcessEngineCoverageExtension.builder(configuration)
                .assertClassCoverageAtLeast(1.0)
                .excludeProcessDefinitionKeys(stubs)
                .build();
        this.extension = built;
        return built;
    }

    private Watch watch() {
        EngineAccess access = new EngineAccess(identities());
        RoleCatalog roles = new EveryRole();
        beans.addBean(
                "userTasks",
                new UserTasks(
                        beans.getBeanProvider(UserTaskHandler.class),
                        beans.getBeanProvider(TaskRule.class),
                        beans.getBeanProvider(ClaimRule.class),
                        beans.getBeanProvider(StepObserver.class),
                        beans.getBeanProvider(LentRoles.class),
                        roles,
                        access,
                        new ObjectMapper().findAndRegisterModules(),
                        "http://localhost:8080"));
        beans.addBean("engineAccess", access);
        ObjectProvider<UserTasks> tasks = beans.getBeanProvider(UserTasks.class);
        return new Watch(
                tasks,
                beans.getBeanProvider(StartRule.class),
                beans.getBeanProvider(StepObserver.class),
                beans.getBeanProvider(EngineAccess.class));
    }

    /** The engine exists only when JUnit starts the extension, later than the listeners that call it. */
    private IdentityService identities() {
        return (IdentityService) Proxy.newProxyInstance(
                IdentityService.class.getClassLoader(),
                new Class<?>[] {IdentityService.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(engine().getIdentityService(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    /** Makes the delegates known to expressions; call it before each test. */
    public void begin() {
        Mocks.reset();
        delegates.forEach(Mocks::register);
        facades.forEach(Mocks::register);
    }

    /** The engine under test. */
    public ProcessEngine engine() {
        if (extension == null) {
            throw new IllegalStateException("Register extension() first");
        }
        return extension.getProcessEngine();
    }

    /** Writes briefs of open tasks again. */
    public OpenBriefs briefs() {
        return new OpenBriefs(
                engine(),
                beans.getBeanProvider(UserTasks.class).getObject(),
                beans.getBeanProvider(EngineAccess.class).getObject());
    }

    /** Starts the process with business key {@code storefront-2.4.0}. */
    public ProcessInstance start(String process, Map<String, Object> variables) {
        return engine().getRuntimeService().startProcessInstanceByKey(process, "storefront-2.4.0", variables);
    }

    /** Executes the one job that waits at this activity; fails when there is none. */
    public void runJob(String activity) {
        List<Job> jobs = engine().getManagementService()
                .createJobQuery()
                .activityId(activity)
                .list();
        assertThat(jobs).as("jobs at " + activity).isNotEmpty();
        engine().getManagementService().executeJob(jobs.get(0).getId());
    }

    /** Executes the one job at each of these activities, in order. */
    public void runJobs(String... activities) {
        Arrays.stream(activities).forEach(this::runJob);
    }

    /** Completes a user task as a person who gets these roles if they are missing. */
    public void complete(String person, String role, String task, Map<String, ? extends @Nullable Object> inputs) {
        member(person, role);
        List<Task> open = engine().getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(task)
                .taskCandidateGroup(role)
                .includeAssignedTasks()
                .list();
        assertThat(open).as("open tasks " + task + " for " + role).isNotEmpty();
        String id = open.get(0).getId();
        IdentityService identity = engine().getIdentityService();
        identity.setAuthentication(person, List.of(role));
        try {
            engine().getTaskService().setAssignee(id, person);
            engine().getTaskService().complete(id, new LinkedHashMap<>(inputs));
        } finally {
            identity.clearAuthentication();
        }
    }

    /** Puts a person into the group of a role. */
    public void member(String person, String role) {
        IdentityService identity = engine().getIdentityService();
        if (identity.createGroupQuery().groupId(role).count() == 0) {
            identity.saveGroup(identity.newGroup(role));
        }
        if (identity.createUserQuery().userId(person).count() == 0) {
            identity.saveUser(identity.newUser(person));
        }
        if (identity.createGroupQuery().groupId(role).groupMember(person).count() == 0) {
            identity.createMembership(person, role);
        }
    }

    /** Takes the external task of a topic as Slipway's worker. */
    public LockedExternalTask lock(String topic) {
        List<LockedExternalTask> locked = engine().getExternalTaskService()
                .fetchAndLock(1, EngineAccess.WORKER)
                .topic(topic, 60_000)
                .execute();
        assertThat(locked).as("external tasks of " + topic).hasSize(1);
        return locked.get(0);
    }

    /** Completes an external task as Slipway's worker. */
    public void completeExternal(String topic) {
        LockedExternalTask task = lock(topic);
        asWorker(() -> engine().getExternalTaskService().complete(task.getId(), EngineAccess.WORKER));
    }

    /** Ends an external task with a BPMN error as Slipway's worker. */
    public void failExternal(String topic, String errorCode) {
        LockedExternalTask task = lock(topic);
        asWorker(() -> engine().getExternalTaskService().handleBpmnError(task.getId(), EngineAccess.WORKER, errorCode));
    }

    private void asWorker(Runnable call) {
        engine().getIdentityService().setAuthentication(EngineAccess.WORKER, List.of());
        try {
            call.run();
        } finally {
            engine().getIdentityService().clearAuthentication();
        }
    }

    /** Stands for {@code models}: everything is in its first version. */
    public static final class FirstVersions {

        /** First version of a process. */
        public Integer process(String key, DelegateExecution execution) {
            return 1;
        }

        /** First version of a decision. */
        public Integer decision(String key, DelegateExecution execution) {
            return 1;
        }

        /** First version of a form. */
        public String form(String key, DelegateExecution execution) {
            return "1";
        }
    }

    /** Stands for {@code deadlines}: a fixed day far away. */
    public static final class NoHurry {

        /** The fixed day. */
        public java.util.Date of(String form, DelegateExecution execution) {
            return java.util.Date.from(java.time.Instant.parse("2030-01-01T00:00:00Z"));
        }
    }

    private static final class EveryRole implements RoleCatalog {

        @Override
        public Set<String> roles() {
            return Set.of();
        }

        @Override
        public String groupOf(String role, DelegateExecution execution) {
            return role;
        }
    }
}
