package io.slipway.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** What the code knows of each process: the constants of its class {@code …Process} beside its delegates. */
@Component
class ProcessCode {

    /**
     * What is known of one process.
     *
     * @param variables names of the declared variables
     * @param texts names of messages and codes of errors
     */
    record Known(Set<String> variables, Set<String> texts) {

        /** Copies the sets. */
        Known {
            variables = Set.copyOf(variables);
            texts = Set.copyOf(texts);
        }
    }

    private static final String CLASSES = "classpath*:io/slipway/**/process/*Process.class";

    private final Map<String, Known> processes = new HashMap<>();

    ProcessCode() {
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(CLASSES)) {
                String url = file.getURL().toString();
                String name = url.substring(url.lastIndexOf("io/slipway/"), url.length() - ".class".length())
                        .replace('/', '.');
                read(ClassUtils.resolveClassName(name, getClass().getClassLoader()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The constants of the processes cannot be read", e);
        }
    }

    private void read(Class<?> type) {
        String key = null;
        Set<String> variables = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            ReflectionUtils.makeAccessible(field);
            Object value = ReflectionUtils.getField(field, null);
            if (value instanceof ProcessVariable<?> variable) {
                variables.add(variable.name());
            } else if (value instanceof String text && field.getName().equals("KEY")) {
                key = text;
            } else if (value instanceof String text) {
                texts.add(text);
            }
        }
        if (key != null) {
            processes.put(key, new Known(variables, texts));
        }
    }

    /** What is known of the process with this key. */
    Optional<Known> of(String process) {
        return Optional.ofNullable(processes.get(process));
    }
}
