package io.slipway.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The models that the program brings, by their paths below {@code bpmn/} and {@code forms/}, so that it makes no difference whether
 * it runs from a jar or from classes. A file bears the key of what it holds.
 */
@Component
class ProgramModels {

    private static final String[] PATTERNS = {"bpmn/**/*.bpmn", "bpmn/**/*.dmn", "forms/**/*.form"};

    private final Map<String, Resource> files = new TreeMap<>();

    ProgramModels() {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        for (String pattern : PATTERNS) {
            String root = pattern.substring(0, pattern.indexOf('/') + 1);
            try {
                for (Resource resource : resolver.getResources("classpath*:" + pattern)) {
                    String url = resource.getURL().toString();
                    files.put(url.substring(url.lastIndexOf("/" + root) + 1), resource);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The models " + pattern + " cannot be listed", e);
            }
        }
    }

    /** Every file by its path. */
    Map<String, Resource> files() {
        return Map.copyOf(files);
    }

    /** Keys of everything of a kind: whatever else is deployed, nobody calls it. */
    Set<String> keys(ModelKind kind) {
        return files.keySet().stream().filter(kind::holds).map(ModelKind::keyOf).collect(Collectors.toSet());
    }
}
