package io.slipway.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;

/**
 * The test-only switch: takes away what does the work of one capability, so that a run can show that a test notices. Which beans do it
 * stands in {@code capabilities.txt}. Nothing of the program knows of it.
 */
@TestComponent
class CapabilitySwitch implements BeanPostProcessor {

    private static final Map<String, Set<String>> SERVICES = read();

    /** Id of the capability that a run takes away; set from outside, and in force as soon as the application has started. */
    static final String PROPERTY = "slipway.test.off";

    private static volatile String off = "";
    private static final AtomicInteger HITS = new AtomicInteger();

    /** What a call of something that is switched off ends with. */
    static final class SwitchedOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SwitchedOff(String capability) {
            super("The capability " + capability + " is switched off in this test run.");
        }
    }

    /** Simple names of the classes that do the work, by id of the capability. */
    static Map<String, Set<String>> services() {
        return SERVICES;
    }

    /** How many calls met what is switched off. */
    static int hits() {
        return HITS.get();
    }

    @EventListener(ApplicationReadyEvent.class)
    void takeAway() {
        off = System.getProperty(PROPERTY, "");
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        String type = AopProxyUtils.ultimateTargetClass(bean).getSimpleName();
        if (SERVICES.values().stream().noneMatch(types -> types.contains(type))) {
            return bean;
        }
        MethodInterceptor gate = call -> {
            String now = off;
            if (!now.isEmpty()
                    && !call.getMethod().getDeclaringClass().equals(Object.class)
                    && SERVICES.getOrDefault(now, Set.of()).contains(type)) {
                HITS.incrementAndGet();
                throw new SwitchedOff(now);
            }
            return call.proceed();
        };
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            advised.addAdvice(0, gate);
            return bean;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(true);
        factory.addAdvice(gate);
        return factory.getProxy(bean.getClass().getClassLoader());
    }

    private static Map<String, Set<String>> read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                CapabilitySwitch.class.getResourceAsStream("capabilities.txt"), StandardCharsets.UTF_8))) {
            Map<String, Set<String>> services = new TreeMap<>();
            in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(":", 2))
                    .forEach(parts -> services.put(
                            parts[0].strip(),
                            Arrays.stream(parts[1].split(","))
                                    .map(String::strip)
                                    .filter(type -> !type.isEmpty())
                                    .collect(Collectors.toUnmodifiableSet())));
            return Map.copyOf(services);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
