package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/**
 * Whoever asks the kernel for a port in a way that also takes nothing would go on without a word if nobody implemented it; so somebody
 * must.
 */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class PortsAreImplementedScenarioTest {

    private static final String KERNEL = "io.slipway.release";
    private static final Set<Class<?>> TAKE_NOTHING = Set.of(
            ObjectProvider.class,
            ObjectFactory.class,
            Optional.class,
            List.class,
            Set.class,
            Collection.class,
            Map.class);

    @Autowired
    private ApplicationContext application;

    /** Asks for ports that nobody implements, in every way that takes nothing. */
    interface NobodysPort {}

    /** Another one. */
    interface NobodysOther {}

    /** An asker. */
    static final class Asker {

        Asker(
                ObjectProvider<NobodysPort> provider,
                Optional<List<NobodysOther>> optional,
                Map<String, Runnable> other) {
            assertThat(List.of(provider, optional, other)).hasSize(3);
        }
    }

    @Test
    void everyPortOfTheKernelThatMayBeMissingIsThere() {
        Map<String, String> asked = new TreeMap<>();
        Set<String> missing = new TreeSet<>();
        for (String name : application.getBeanDefinitionNames()) {
            Class<?> type = application.getType(name, false);
            if (type == null || !type.getName().startsWith("io.slipway.")) {
                continue;
            }
            Class<?> asker = ClassUtils.getUserClass(type);
            for (Class<?> port : ports(asker, KERNEL)) {
                asked.put(port.getSimpleName(), asker.getSimpleName());
                if (application.getBeanNamesForType(port, true, false).length == 0) {
                    missing.add(port.getSimpleName() + ", asked for by " + asker.getSimpleName());
                }
            }
        }

        assertThat(missing).as("ports without an implementation").isEmpty();
        assertThat(asked).as("ports that are asked for").hasSizeGreaterThan(10).containsKey("ProductionCondition");
    }

    @Test
    void whatIsAskedForIsFoundInEveryWayOfAsking() {
        assertThat(ports(Asker.class, "io.slipway.scenario"))
                .containsExactlyInAnyOrder(NobodysPort.class, NobodysOther.class);
        assertThat(application.getBeanNamesForType(NobodysPort.class)).isEmpty();
    }

    /** Interfaces of a package that a class asks for where it would also take none. */
    private static List<Class<?>> ports(Class<?> asker, String home) {
        List<Class<?>> ports = new ArrayList<>();
        Stream<Executable> executables = Stream.concat(
                Arrays.<Constructor<?>>stream(asker.getDeclaredConstructors()),
                Arrays.stream(asker.getDeclaredMethods()).filter(PortsAreImplementedScenarioTest::injects));
        executables
                .flatMap(executable -> Arrays.stream(executable.getGenericParameterTypes()))
                .forEach(type -> collect(type, false, home, ports));
        Arrays.stream(asker.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Autowired.class))
                .map(Field::getGenericType)
                .forEach(type -> collect(type, false, home, ports));
        return ports;
    }

    private static boolean injects(Method method) {
        return method.isAnnotationPresent(Bean.class) || method.isAnnotationPresent(Autowired.class);
    }

    private static void collect(Type type, boolean takesNothing, String home, List<Class<?>> ports) {
        if (type instanceof ParameterizedType generic) {
            boolean may = takesNothing || TAKE_NOTHING.contains(generic.getRawType());
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, may, home, ports);
            }
        } else if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                collect(bound, takesNothing, home, ports);
            }
        } else if (takesNothing
                && type instanceof Class<?> port
                && port.isInterface()
                && port.getPackageName().equals(home)
                && !ports.contains(port)) {
            ports.add(port);
        }
    }
}
