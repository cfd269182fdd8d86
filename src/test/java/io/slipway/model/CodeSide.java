package io.slipway.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ExternalWork;
import io.slipway.platform.process.ModelFacade;
import io.slipway.platform.process.ProcessVariable;
import io.slipway.platform.process.UserTaskHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/** What the code offers to models, read from the compiled classes: delegates, handlers, constants, topics. */
final class CodeSide {

    /** What code knows of one process. */
    record Known(Class<?> type, Set<String> elements, Set<String> texts, Set<String> variables) {}

    private final Map<String, String> beanPackages = new HashMap<>();
    private final Set<String> delegates = new HashSet<>();
    private final Map<String, Known> processes = new HashMap<>();
    private final Map<String, UserTaskHandler> handlers = new HashMap<>();
    private final Set<String> topics = new HashSet<>();

    private CodeSide() {}

    static CodeSide read() {
        CodeSide code = new CodeSide();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.slipway");
        for (JavaClass type : classes) {
            if (type.isInterface()
                    || type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)) {
                continue;
            }
            if (type.isAssignableTo(JavaDelegate.class) || type.isAssignableTo(ModelFacade.class)) {
                String name = decapitalised(type.getSimpleName());
                code.beanPackages.put(name, type.getPackageName());
                if (type.isAssignableTo(JavaDelegate.class)) {
                    code.delegates.add(name);
                }
            }
            if (type.isAssignableTo(UserTaskHandler.class)) {
                UserTaskHandler handler = (UserTaskHandler) instance(type.reflect());
                code.handlers.put(handler.process() + "#" + handler.task(), handler);
            }
            if (type.isAssignableTo(ExternalWork.class)) {
                code.topics.add(((ExternalWork) instance(type.reflect())).topic());
            }
            if (type.getSimpleName().endsWith("Process")
                    && type.getPackageName().endsWith(".process")) {
                code.constants(type.reflect());
            }
        }
        return code;
    }

    boolean hasDelegate(String bean) {
        return delegates.contains(bean);
    }

    boolean hasBean(String bean) {
        return beanPackages.containsKey(bean);
    }

    /** Module of a bean: the first package below {@code io.slipway}. */
    String moduleOf(String bean) {
        String name = beanPackages.getOrDefault(bean, "io.slipway.unknown").substring("io.slipway.".length());
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    /** Whether the package of a bean is offered to other modules by name. */
    boolean offered(String bean) {
        Package home = Optional.ofNullable(beanPackages.get(bean))
                .map(name -> getClass().getClassLoader().getDefinedPackage(name))
                .orElse(null);
        return home != null && home.isAnnotationPresent(org.springframework.modulith.NamedInterface.class);
    }

    Optional<Known> process(String key) {
        return Optional.ofNullable(processes.get(key));
    }

    Set<String> processKeys() {
        return processes.keySet();
    }

    Optional<UserTaskHandler> handler(String process, String task) {
        return Optional.ofNullable(handlers.get(process + "#" + task));
    }

    Map<String, UserTaskHandler> handlers() {
        return handlers;
    }

    boolean worksOn(String topic) {
        return topics.contains(topic);
    }

    private void constants(Class<?> type) {
        String key = null;
        Set<String> texts = new HashSet<>();
        Set<String> variables = new HashSet<>();
        Set<String> elements = new HashSet<>();
        for (Field field : type.getDeclaredFields()) {
            Object value = value(field);
            if (value instanceof ProcessVariable<?> variable) {
                variables.add(variable.name());
            } else if (value instanceof String text && field.getName().equals("KEY")) {
                key = text;
            } else if (value instanceof String text) {
                texts.add(text);
            }
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (nested.isEnum() && ElementId.class.isAssignableFrom(nested)) {
                elements = Arrays.stream(nested.getEnumConstants())
                        .map(constant -> ((ElementId) constant).id())
                        .collect(Collectors.toSet());
            }
        }
        if (key != null) {
            processes.put(key, new Known(type, elements, texts, variables));
        }
    }

    private static @Nullable Object value(Field field) {
        if (!Modifier.isStatic(field.getModifiers())) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    /** Handlers say what they are for without touching what they are made of, so that mocks do for the latter. */
    private static Object instance(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            arguments.add(argument(parameter.getType()));
        }
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static @Nullable Object argument(Class<?> type) {
        if (type == String.class) {
            return "";
        }
        if (type.isPrimitive()) {
            if (type == boolean.class) {
                return false;
            }
            return 0;
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == java.time.Duration.class) {
            return java.time.Duration.ZERO;
        }
        return type.isEnum() ? null : Mockito.mock(type);
    }

    private static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
