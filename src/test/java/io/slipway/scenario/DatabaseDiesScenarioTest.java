package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.Slipway;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.DemoClient;
import io.slipway.demo.DemoStage;
import io.slipway.demo.DemoTraffic;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.autopilot.Actors;
import io.slipway.integration.targets.Targets;
import io.slipway.operations.Alarm;
import io.slipway.operations.Alarms;
import io.slipway.platform.data.DatabaseAway;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.scenario.crash.CrashingProgram;
import io.slipway.testing.MortalDatabase;
import io.slipway.testing.TestDatabase;
import io.slipway.testing.Visitor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The server of the database dies by {@code kill -9} while a person completes a task and in the middle of two effects on production, and
 * comes back on the same data and port; then it falls silent without dying. The program lives on throughout.
 */
@Tag("database")
@EnabledIf(
        value = "io.slipway.testing.TestDatabase#isServer",
        disabledReason = "The embedded database dies with the program, which the crash harness lets it do")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "The MariaDB for tests runs on Linux x64 only")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway")
@Capability("10.4")
class DatabaseDiesScenarioTest {

    private static final String VERSION = "2.4.0";
    private static final String KEY = SampleLandscape.SYSTEM + "-" + VERSION;
    private static final Duration ANSWERED = Duration.ofSeconds(10);
    private static final Duration HEALED = Duration.ofSeconds(90);

    /** Time between two requests of a user of the sample. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final Path place = Path.of("target/data/" + UUID.randomUUID());
    private MortalDatabase server;
    private ConfigurableApplicationContext application;
    private JdbcClient jdbc;
    private Path agent;
    private DemoClient users;
    private Visitor oscar;
    private ReleaseStory story;
    private List<String> undisturbed;

    @BeforeAll
    void aReleaseGoesItsWayUndisturbed() throws Exception {
        server = MortalDatabase.start(place.resolve("server"));
        assertThat(server.setting("innodb_flush_log_at_trx_commit")).isEqualTo("1");
        start("undisturbed");
        try {
            ReleaseStory calm = requested().goesOnTo(ReleaseState.CLOSED);
            assertThat(calm.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
            undisturbed = end();
        } finally {
            application.close();
            AgentProcess.stop(agent, true);
        }
        start("disturbed");
        users = new DemoClient(
                application.getBean(DemoStage.class).address(SampleLandscape.PRODUCTION),
                PAUSE,
                Duration.ofMinutes(20),
                Clock.systemUTC());
        users.start();
        oscar = visitor();
        assertThat(oscar.signIn("oscar", SamplePeople.PASSWORD).statusCode()).isEqualTo(302);
        story = requested();
    }

    /** A program with a schema and an agent of its own. */
    private void start(String name) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--slipway.data=" + place.resolve(name),
                "--slipway.node.heartbeat=PT1S",
                "--slipway.node.silence=PT6S",
                "--slipway.node.turn=PT6S",
                "--slipway.alarms.every=PT1S",
                "--slipway.validation.usual.pause=PT0.3S",
                "--slipway.validation.usual.bake=PT1S",
                "--slipway.validation.usual.hypercare=PT1S",
                "--slipway.traffic-watch.pause=PT1S",
                "--slipway.feedback.after=PT0.1S",
                "--slipway.ledger.lease=PT6S",
                "--slipway.ledger.limit=PT4S",
                "--slipway.workers.lease=PT6S",
                "--camunda.bpm.job-execution.lock-time-in-millis=6000",
                "--camunda.bpm.generate-unique-process-engine-name=true",
                "--camunda.bpm.generate-unique-process-application-name=true"));
        TestDatabase.settings(server).forEach((setting, value) -> settings.add("--" + setting + "=" + value));
        application = new SpringApplicationBuilder(Slipway.class, Moments.class)
                .profiles("demo")
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("programAlone", new CrashingProgram.ProgramAlone()))
                .run(settings.toArray(String[]::new));
        jdbc = application.getBean(JdbcClient.class);
        agent = Path.of(application.getEnvironment().getRequiredProperty("slipway.targets.agent.data-dir"));
    }

    private ReleaseStory requested() {
        return ReleaseStory.requestedBy("mara", VERSION, Urgency.NORMAL, application);
    }

    private Visitor visitor() {
        return Visitor.of(Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port")));
    }

    @AfterAll
    void everythingEnds() throws Exception {
        if (users != null) {
            users.close();
        }
        if (application != null) {
            application.close();
        }
        if (agent != null) {
            AgentProcess.stop(agent, true);
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void whatAPersonSaysInThatMomentIsRefusedInASentenceAndTakenWhenItIsSaidAgain() throws Exception {
        story.goesOnTo("userTask_confirmScope");
        Task task = story.awaited("userTask_confirmScope");
        // To take a task is a step of its own.
        String paul = application
                .getBean(SamplePeople.class)
                .idOf(application.getBean(Actors.class).named("paul"));
        application.getBean(EngineAccess.class).as(paul, () -> {
            application.getBean(TaskService.class).claim(task.getId(), paul);
            return true;
        });
        List<String> before = end();

        CompletableFuture<String> completing = Moments.beforeCompletionBy(Thread.currentThread(), server::kill);
        assertThatThrownBy(() -> story.does("paul", "userTask_confirmScope")).hasMessage(DatabaseAway.SENTENCE);
        assertThat(completing).as("the moment came").isCompleted();
        page("/releases", "while it is dead");
        assertThat(oscar.get("/api/v1/releases"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                .satisfies(answer -> assertThat(answer.body()).contains(DatabaseAway.SENTENCE));
        assertThat(health()).isEqualTo(503);

        healed("a task");
        assertThat(story.awaited("userTask_confirmScope").getId()).isEqualTo(task.getId());
        assertThat(end()).as("nothing is half done").isEqualTo(before);
        story.does("paul", "userTask_confirmScope");
    }

    @Test
    @Order(2)
    void whatIsUnderWayOnProductionEndsAsIfNothingHadBeen() throws Exception {
        story.goesOnTo("userTask_acceptGo");
        CompletableFuture<String> sending = Moments.before("transfer", server::kill);
        CompletableFuture<String> switched = Moments.after("switchTraffic", () -> {
            server.kill();
            // For a time that is shorter than the program waits for a connection.
            TimeUnit.SECONDS.sleep(2);
            server.start();
        });
        story.does("derek", "userTask_acceptGo");

        String first = sending.get(HEALED.toSeconds(), TimeUnit.SECONDS);
        assertThat(health()).isEqualTo(503);
        page("/releases", "in the middle of an effect");
        TimeUnit.SECONDS.sleep(8);
        healed("an effect");
        long back = System.nanoTime();
        await("the end of " + first, () -> "DONE".equals(state(first)));
        System.out.println("Dead for at least 8 s during " + first + "; done " + since(back) + " after it was back");

        String second = switched.get(HEALED.toSeconds(), TimeUnit.SECONDS);
        back = System.nanoTime();
        await("health", () -> health() == 200);
        await("the end of " + second, () -> "DONE".equals(state(second)));
        System.out.println("Dead for 2 s after " + second + "; done " + since(back) + " after it was back");

        story.goesOnTo(ReleaseState.CLOSED);
        assertThat(story.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
        assertThat(end()).isEqualTo(undisturbed);
    }

    @Test
    @Order(3)
    void nothingIsLeftBehind() throws Exception {
        assertThat(journal())
                .isNotEmpty()
                .allSatisfy((effect, times) -> assertThat(times).as(effect).isOne());
        assertThat(count("ACT_RU_JOB where RETRIES_ <= 0")).isZero();
        assertThat(count("ACT_RU_EXT_TASK where RETRIES_ <= 0")).isZero();
        assertThat(count("ACT_RU_INCIDENT")).isZero();
        // What was lost was not counted as a failed attempt.
        assertThat(application
                        .getBean(HistoryService.class)
                        .createHistoricJobLogQuery()
                        .failureLog()
                        .list())
                .noneSatisfy(log -> assertThat(log.getJobExceptionMessage()).contains("onnection"));
        assertThat(oscar.get("/releases").body()).contains("Oscar Nystrom");
        assertThat(application.getBean(Alarms.class).open())
                .extracting(Alarm::kind)
                .isEmpty();
    }

    @Test
    @Order(4)
    void aServerThatFallsSilentIsToldOfAsSoon() throws Exception {
        // Connections that were asked a moment ago are taken for good without being asked.
        server.signal("STOP");
        TimeUnit.SECONDS.sleep(1);
        try {
            page("/releases", "while it is silent");
            page("/releases", "while it is silent, again");
            assertThat(health()).isEqualTo(503);
        } finally {
            server.signal("CONT");
        }
        long back = System.nanoTime();
        await("health", () -> health() == 200);
        System.out.println("Health is up " + since(back) + " after the silence");
        assertThat(oscar.get("/releases").body()).contains("Oscar Nystrom");
    }

    @Test
    @Order(5)
    void noUserOfTheReleasedServiceNoticed() {
        DemoTraffic traffic = users.stop();
        System.out.println(traffic.requests() + " requests through the proxy, " + traffic.failures() + " failed");
        assertThat(traffic.requests()).isGreaterThan(1_000);
        assertThat(traffic.lastFailures()).isEmpty();
    }

    /** Starts the server again; the program finds it by itself. */
    private void healed(String what) throws Exception {
        server.start();
        long back = System.nanoTime();
        await("health", () -> health() == 200);
        System.out.println("Health is up " + since(back) + " after a server that died during " + what + " was back");
    }

    private int health() {
        return visitor().get("/actuator/health").statusCode();
    }

    private void page(String path, String when) {
        long asked = System.nanoTime();
        HttpResponse<String> answer = oscar.get(path);
        Duration taken = Duration.ofNanos(System.nanoTime() - asked);
        System.out.println(path + " answered " + answer.statusCode() + " after " + taken.toMillis() + " ms, " + when);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(DatabaseAway.SENTENCE);
        assertThat(taken).isLessThan(ANSWERED);
    }

    private static void await(String what, BooleanSupplier there) {
        ReleaseStory.await(what, there, () -> "not yet");
    }

    private static String since(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms";
    }

    /** How it stands with the effect to which belongs what was sent under this key. */
    private String state(String sent) {
        return jdbc.sql("select state from effect where locate(effect_key, ?) = 1")
                .param(sent)
                .query(String.class)
                .single();
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }

    /** What became of the release, without ids, times, and how often it was looked at the traffic while time passed. */
    private List<String> end() {
        await(
                "the end of the post",
                () -> jdbc.sql(
                                        "select (select count(*) from notice where addressed_at is null)"
                                                + " + (select count(*) from mail_message where state in ('PENDING', 'SENDING', 'FAILED'))")
                                .query(Long.class)
                                .single()
                        == 0);
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> query : Map.of(
                        "effect", "select state, step, target from effect where business_key = ?",
                        "deployment", "select environment_key, version from deployment where business_key = ?",
                        "audit",
                                "select a.action from audit_entry a join slipway_release r on r.id = a.release_id"
                                        + " where r.release_key = ? and a.action <> 'step.leave'",
                        "mail",
                                "select m.kind, p.login from mail_message m join slipway_release r on r.id = m.release_id"
                                        + " join person p on p.id = m.person_id where r.release_key = ?",
                        "step",
                                "select i.PROC_DEF_KEY_, a.ACT_ID_ from ACT_HI_ACTINST a join ACT_HI_PROCINST i"
                                        + " on i.PROC_INST_ID_ = a.PROC_INST_ID_ where i.BUSINESS_KEY_ = ? and a.ACT_TYPE_ in"
                                        + " ('userTask', 'serviceTask', 'callActivity', 'noneEndEvent')"
                                        + " and a.ACT_ID_ <> 'serviceTask_judgeTraffic'")
                .entrySet()) {
            lines.addAll(jdbc.sql(query.getValue())
                    .param(KEY)
                    .query((row, number) -> {
                        StringBuilder line = new StringBuilder(query.getKey());
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            line.append(' ').append(row.getString(i));
                        }
                        return line.toString();
                    })
                    .list());
        }
        return lines.stream()
                .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(line -> line.getKey() + " x" + line.getValue())
                .toList();
    }

    /** How often the agent did what. */
    private Map<String, Long> journal() throws Exception {
        Map<String, Long> effects = new TreeMap<>();
        for (String line : Files.readAllLines(agent.resolve("journal.jsonl"))) {
            JsonNode effect = new ObjectMapper().readTree(line);
            effects.merge(
                    effect.path("operation").asText() + " " + effect.path("key").asText(), 1L, Long::sum);
        }
        return effects;
    }

    /** Something that may fail. */
    interface Blow {
        void fall() throws Exception;
    }

    /** Lets a blow fall in a certain moment, once. */
    static final class Moments implements BeanPostProcessor {

        private record Expected(Blow blow, CompletableFuture<String> came) {}

        private static final Map<String, Expected> EXPECTED = new ConcurrentHashMap<>();

        /** Before an effect on production is sent; gives the key of it. */
        static CompletableFuture<String> before(String effect, Blow blow) {
            return expect("before " + effect, blow);
        }

        /** After an effect on production was sent and before that is written down; gives the key of it. */
        static CompletableFuture<String> after(String effect, Blow blow) {
            return expect("after " + effect, blow);
        }

        /** Before this thread commits that a task is completed. */
        static CompletableFuture<String> beforeCompletionBy(Thread thread, Blow blow) {
            return expect("completion by " + thread.getName(), blow);
        }

        private static CompletableFuture<String> expect(String moment, Blow blow) {
            CompletableFuture<String> came = new CompletableFuture<>();
            EXPECTED.put(moment, new Expected(blow, came));
            return came;
        }

        private static void reach(String moment, String key) throws Exception {
            Expected expected = EXPECTED.remove(moment);
            if (expected != null) {
                try {
                    expected.blow().fall();
                    expected.came().complete(key);
                } catch (Exception e) {
                    expected.came().completeExceptionally(e);
                    throw e;
                }
            }
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof Targets) {
                return around(bean, Targets.class, call -> {
                    Object[] given = call.getArguments();
                    String key = given.length == 3 && given[1] instanceof String told ? told : "";
                    boolean effect = !key.isEmpty() && given[0].toString().contains(SampleLandscape.PRODUCTION);
                    if (effect) {
                        reach("before " + call.getMethod().getName(), key);
                    }
                    Object answer = call.proceed();
                    if (effect) {
                        reach("after " + call.getMethod().getName(), key);
                    }
                    return answer;
                });
            }
            if (bean instanceof DataSource) {
                return around(bean, null, call -> {
                    Object answer = call.proceed();
                    return answer instanceof Connection connection ? watched(connection) : answer;
                });
            }
            return bean;
        }

        private static Object around(Object bean, Class<?> port, MethodInterceptor advice) {
            ProxyFactory factory = new ProxyFactory(bean);
            factory.setProxyTargetClass(port == null);
            factory.addAdvice(advice);
            return factory.getProxy(bean.getClass().getClassLoader());
        }

        private static Connection watched(Connection connection) {
            AtomicBoolean completes = new AtomicBoolean();
            InvocationHandler handler = (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "equals" -> {
                        return proxy == arguments[0];
                    }
                    case "prepareStatement" -> {
                        if (arguments[0].toString().matches("(?is)delete from ACT_RU_TASK .*")) {
                            completes.set(true);
                        }
                    }
                    case "commit" -> {
                        if (completes.getAndSet(false)) {
                            reach("completion by " + Thread.currentThread().getName(), "");
                        }
                    }
                    default -> {
                        // Ends nothing.
                    }
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                }
            };
            return (Connection)
                    Proxy.newProxyInstance(Moments.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
        }
    }
}
