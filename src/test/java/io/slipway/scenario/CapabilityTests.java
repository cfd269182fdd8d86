package io.slipway.scenario;

import io.slipway.Capability;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests that exercise the running application for a capability. */
final class CapabilityTests {

    private CapabilityTests() {}

    /** Classes with the whole application behind them. */
    static List<Class<?>> classes() {
        return ReflectionSupport.findAllClassesInPackage(
                "io.slipway.scenario",
                type -> AnnotationSupport.isAnnotated(type, GuardedApplication.class),
                name -> name.endsWith("Test"));
    }

    /** Test methods that carry an id themselves or by their class; the first kind alone where there is one. */
    static List<Method> of(String id) {
        List<Method> own = new ArrayList<>();
        List<Method> byClass = new ArrayList<>();
        for (Class<?> type : classes()) {
            List<Method> tests = AnnotationSupport.findAnnotatedMethods(
                    type, Test.class, org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN);
            tests.stream()
                    .filter(test -> names(test.getAnnotation(Capability.class), id))
                    .forEach(own::add);
            if (names(type.getAnnotation(Capability.class), id)) {
                byClass.addAll(tests);
            }
        }
        return own.isEmpty() ? byClass : own;
    }

    /** Every id that is named on these classes. */
    static Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        for (Class<?> type : classes()) {
            add(type.getAnnotation(Capability.class), ids);
            Arrays.stream(type.getDeclaredMethods())
                    .forEach(method -> add(method.getAnnotation(Capability.class), ids));
        }
        return ids;
    }

    private static void add(@org.jspecify.annotations.Nullable Capability capability, Set<String> ids) {
        if (capability != null) {
            ids.addAll(List.of(capability.value()));
        }
    }

    private static boolean names(@org.jspecify.annotations.Nullable Capability capability, String id) {
        return capability != null && List.of(capability.value()).contains(id);
    }
}
