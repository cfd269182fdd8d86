package io.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody adds a process or a decision without a test class of its own. */
class ModelTestPresenceTest {

    @Test
    void everyProcessAndEveryDecisionHasItsTestClass() throws IOException {
        try (Stream<Path> models = Files.walk(Path.of("bpmn"));
                Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            Set<String> present =
                    tests.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
            Set<String> wanted = models.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".bpmn") || name.endsWith(".dmn"))
                    .filter(name -> !name.startsWith("bad") && !name.startsWith("good"))
                    .map(ModelTestPresenceTest::testClass)
                    .collect(Collectors.toSet());
            assertThat(wanted).hasSizeGreaterThanOrEqualTo(17);
            assertThat(present).containsAll(wanted);
        }
    }

    private static String testClass(String model) {
        String key = model.substring(0, model.lastIndexOf('.'));
        String name = Arrays.stream(key.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return name + (model.endsWith(".dmn") ? "DecisionTest.java" : "ProcessTest.java");
    }
}
