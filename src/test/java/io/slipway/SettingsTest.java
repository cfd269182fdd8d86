package io.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Whoever looks for a setting finds each that there is in the table of settings, with the default that holds. */
class SettingsTest {

    private static final Path TABLE = Path.of("src/docs/settings.md");

    /** Described as a whole where systems are set up. */
    private static final String LANDSCAPE = "slipway.landscape";

    /** A setting, and the default that it has in the class; empty where there is none. */
    private record Setting(String name, String fallback) {}

    @Test
    void theTableHasEverySettingWithItsDefault() throws IOException {
        Map<String, String> table = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `slipway."))
                .map(line -> line.split("\\|"))
                .collect(Collectors.toMap(cells -> cells[1].strip(), cells -> cells[3].strip()));
        PropertySource<?> program = new YamlPropertySourceLoader()
                .load("program", new FileSystemResource("src/main/resources/application.yaml"))
                .get(0);

        List<Setting> settings = settings();
        assertThat(settings).hasSizeGreaterThan(100);
        assertThat(table.keySet().stream().map(name -> name.replace("`", "").replace(".*", "")))
                .containsAll(settings.stream().map(Setting::name).toList());
        for (Setting setting : settings) {
            String said = table.getOrDefault("`" + setting.name() + "`", table.get("`" + setting.name() + ".*`"));
            String configured = configured(program, setting.name());
            String holds = configured.isEmpty() ? setting.fallback() : configured;
            if (!holds.isEmpty()) {
                assertThat(said).as(setting.name()).isEqualTo("`" + holds + "`");
            }
        }
    }

    /** What the program's own settings say, the values of a list one after the other; empty where they say nothing. */
    private static String configured(PropertySource<?> program, String name) {
        Object alone = program.getProperty(name);
        return alone != null
                ? alone.toString()
                : Stream.iterate(0, i -> i + 1)
                        .map(i -> program.getProperty(name + "[" + i + "]"))
                        .takeWhile(Objects::nonNull)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
    }

    private static List<Setting> settings() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents("io.slipway").stream()
                .map(found -> ClassUtils.resolveClassName(
                        Objects.requireNonNull(found.getBeanClassName()), SettingsTest.class.getClassLoader()))
                .filter(Predicate.not(type -> prefix(type).startsWith(LANDSCAPE)))
                .filter(Class::isRecord)
                .flatMap(type -> settings(prefix(type), type))
                .toList();
    }

    private static String prefix(Class<?> type) {
        return Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class))
                .prefix();
    }

    private static Stream<Setting> settings(String prefix, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
        return IntStream.range(0, components.length).boxed().flatMap(place -> {
            String name = prefix + "." + dashed(components[place].getName());
            DefaultValue said = parameters[place].getAnnotation(DefaultValue.class);
            return components[place].getType().isRecord()
                    ? settings(name, components[place].getType())
                    : Stream.of(new Setting(name, said == null ? "" : String.join(", ", said.value())));
        });
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
