package io.slipway.scenario.crash;

import io.slipway.Slipway;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * The program as it is, in a process of its own, with crash points around what it commits and what it changes outside, and with somebody
 * who carries one release to its end.
 */
public final class CrashingProgram {

    /** What changes the world outside of the database, by port. */
    private static final Set<String> EFFECTS = Set.of(
            "Targets.transfer",
            "Targets.start",
            "Targets.stop",
            "Targets.switchTraffic",
            "Targets.removeRoute",
            "ArtifactStore.put",
            "BuildSystem.run",
            "MailChannel.send",
            "ChangeRegister.create",
            "ChangeRegister.mirror",
            "ChangeRegister.close",
            "ConfigurationRegister.update",
            "PlanningTool.push");

    private static final String PORTS = "io.slipway.integration.";

    private CrashingProgram() {}

    /**
     * Starts the program with these arguments; afterwards {@code -Dslipway.crash.version} says which version is released, and
     * {@code -Dslipway.crash.result} which file takes what became of it.
     */
    public static void main(String[] arguments) throws IOException {
        // Whoever stops the run stops this as well.
        Thread watch = new Thread(CrashingProgram::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        SpringApplication application =
                new SpringApplication(Slipway.class, Points.class, OneRelease.class, EndState.class);
        application.setAdditionalProfiles("demo");
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("programAlone", new ProgramAlone()));
        ConfigurableApplicationContext context = application.run(arguments);
        Path result = Path.of(System.getProperty("slipway.crash.result"));
        String version = System.getProperty("slipway.crash.version", "");
        if (version.isEmpty()) {
            Files.writeString(result, context.getBean(EndState.class).address());
            System.exit(SpringApplication.exit(context));
        }
        try {
            String key = context.getBean(OneRelease.class).carry(version);
            Files.write(result, context.getBean(EndState.class).of(key));
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void endWithParent() {
        ProcessHandle.current().parent().map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
        Runtime.getRuntime().halt(1);
    }

    /** Keeps out of the program what lies beside it in the tests. */
    public static final class ProgramAlone extends TypeExcludeFilter {

        private static final String PROGRAM = Slipway.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return !reader.getResource().getURL().getPath().contains(PROGRAM);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ProgramAlone;
        }

        @Override
        public int hashCode() {
            return ProgramAlone.class.hashCode();
        }
    }

    /** Puts the points around data source and ports. */
    static final class Points implements BeanPostProcessor {

        private static final Pattern WRITES = Pattern.compile(
                "^\\s*(?:insert\\s+into|update|delete\\s+from|merge\\s+into)\\s+([\\w.]+)", Pattern.CASE_INSENSITIVE);

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof DataSource) {
                return around(bean, call -> {
                    Object answer = call.proceed();
                    return answer instanceof Connection connection ? counted(connection) : answer;
                });
            }
            Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
            Set<String> ports = new TreeSet<>();
            for (Class<?> port : ClassUtils.getAllInterfacesForClass(type)) {
                if (port.getName().startsWith(PORTS)
                        && EFFECTS.stream().anyMatch(effect -> effect.startsWith(port.getSimpleName() + "."))) {
                    ports.add(port.getSimpleName());
                }
            }
            if (!type.getName().startsWith(PORTS) || ports.isEmpty()) {
                return bean;
            }
            return around(bean, call -> {
                String effect = ports.stream()
                        .map(port -> port + "." + call.getMethod().getName())
                        .filter(EFFECTS::contains)
                        .findFirst()
                        .orElse("");
                if (effect.isEmpty()) {
                    return call.proceed();
                }
                CrashPoints.reach("before " + effect);
                Object answer = call.proceed();
                CrashPoints.reach("after " + effect);
                return answer;
            });
        }

        private static Object around(Object bean, MethodInterceptor advice) {
            if (bean instanceof Advised advised && !advised.isFrozen()) {
                advised.addAdvice(0, advice);
                return bean;
            }
            ProxyFactory factory = new ProxyFactory(bean);
            factory.setProxyTargetClass(
                    !java.lang.reflect.Modifier.isFinal(bean.getClass().getModifiers()));
            factory.addAdvice(advice);
            return factory.getProxy(bean.getClass().getClassLoader());
        }

        /** Counts the commits in which something was written, and names them by the tables. */
        private static Connection counted(Connection connection) {
            Set<String> written = new LinkedHashSet<>();
            InvocationHandler handler = (proxy, method, arguments) -> {
                try {
                    switch (method.getName()) {
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        case "prepareStatement" -> {
                            Matcher writes = WRITES.matcher(String.valueOf(arguments[0]));
                            if (writes.find() && !connection.getAutoCommit()) {
                                written.add(writes.group(1).toLowerCase(Locale.ROOT));
                            }
                        }
                        case "rollback" -> written.clear();
                        case "commit" -> {
                            String name = named(written);
                            if (!written.isEmpty()) {
                                written.clear();
                                CrashPoints.reach("before " + name);
                                Object answer = method.invoke(connection, arguments);
                                CrashPoints.reach("after " + name);
                                return answer;
                            }
                        }
                        default -> {
                            // Changes nothing that a crash could leave half done.
                        }
                    }
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                }
            };
            return (Connection) Proxy.newProxyInstance(
                    CrashingProgram.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
        }

        private static String named(Set<String> tables) {
            if (tables.contains("effect")) {
                return "ledger write";
            }
            Set<String> own = new TreeSet<>(tables);
            own.removeIf(table -> table.startsWith("act_"));
            return "commit of " + (own.isEmpty() ? "engine" : String.join(",", own));
        }
    }

    /** Where a child is told what to do. */
    static String[] arguments(Path data) {
        return Arrays.asList(
                        "--slipway.data=" + data,
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--slipway.workers.enabled=false",
                        "--slipway.ledger.lease=PT2S",
                        "--slipway.communication.lease=PT5S",
                        "--slipway.node.turn=PT2S",
                        "--slipway.validation.usual.pause=PT0.3S",
                        "--slipway.validation.usual.bake=PT1S",
                        "--slipway.validation.usual.hypercare=PT1S",
                        "--slipway.traffic-watch.pause=PT1S",
                        "--slipway.feedback.after=PT0.1S",
                        // What is told because something is late depends on the machine.
                        "--slipway.communication.delay.per-task=PT5H",
                        "--slipway.communication.delay.states.IN_BUILD=PT1S",
                        "--slipway.communication.delay.states.IN_TEST=PT1S",
                        "--slipway.communication.delay.states.AWAITING_APPROVAL=PT1S",
                        "--slipway.communication.delay.states.SCHEDULED=PT1S",
                        "--slipway.communication.delay.states.DEPLOYING=PT1S",
                        "--logging.level.root=WARN")
                .toArray(String[]::new);
    }
}
