package io.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every form has in common: a person reads a decision and facts first, in words, and is asked for no more than is needed. */
@Capability("10.1")
class FormsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of(
            "text", "table", "textarea", "textfield", "radio", "select", "checklist", "datetime", "number", "group");
    private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z][a-zA-Z0-9]*)\\b(?!\\()");
    private static final Set<String> WORDS = Set.of("null", "or", "and", "true", "false");

    static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            List<Path> forms = files.filter(file -> file.toString().endsWith(".form"))
                    .sorted()
                    .toList();
            assertThat(forms).isNotEmpty();
            return forms;
        }
    }

    private static List<JsonNode> components(JsonNode form) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode component : form.path("components")) {
            all.add(component);
            all.addAll(components(component));
        }
        return all;
    }

    private static List<JsonNode> inputs(JsonNode form) {
        return components(form).stream()
                .filter(component ->
                        component.has("key") && !component.path("type").asText().equals("group"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isNamedAfterItsTaskAndBeginsWithTheDecisionAndTheFacts(Path file) throws IOException {
        JsonNode form = JSON.readTree(file.toFile());
        List<JsonNode> components = components(form);

        assertThat(file.getFileName()).hasToString(form.path("id").asText() + ".form");
        assertThat(form.path("executionPlatform").asText()).isEqualTo("Camunda Platform");
        assertThat(components.get(0).path("text").asText()).isEqualTo("## {{brief.heading}}");
        assertThat(components)
                .anySatisfy(component ->
                        assertThat(component.path("dataSource").asText()).isEqualTo("=brief.facts"));
        assertThat(components).allSatisfy(component -> assertThat(KNOWN)
                .contains(component.path("type").asText()));
        List<String> ids = components.stream()
                .map(component -> component.path("id").asText())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void asksInWordsAndBoundsWhatIsTyped(Path file) throws IOException {
        for (JsonNode input : inputs(JSON.readTree(file.toFile()))) {
            String key = input.path("key").asText();
            String type = input.path("type").asText();
            String label = type.equals("datetime") ? "dateLabel" : "label";
            assertThat(input.path(label).asText()).as("label of " + key).isNotBlank();
            JsonNode rules = input.path("validate");
            if (type.startsWith("text")) {
                assertThat(rules.path("maxLength").asInt()).as("longest " + key).isBetween(1, 2000);
            }
            if (type.equals("radio") || type.equals("select")) {
                assertThat(rules.path("required").asBoolean())
                        .as(key + " is required")
                        .isTrue();
                assertThat(input.path("values")).as("choices of " + key).hasSizeGreaterThan(1);
                for (JsonNode choice : input.path("values")) {
                    assertThat(choice.path("label").asText())
                            .as("words for " + choice)
                            .isNotBlank()
                            .isNotEqualTo(choice.path("value").asText());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void showsAndHidesByItsOwnInputsAlone(Path file) throws IOException {
        JsonNode form = JSON.readTree(file.toFile());
        Set<String> keys =
                inputs(form).stream().map(input -> input.path("key").asText()).collect(Collectors.toSet());
        for (JsonNode component : components(form)) {
            Set<String> named = new TreeSet<>();
            String condition = component.path("conditional").path("hide").asText();
            Matcher names = NAME.matcher(condition.replaceAll("\"[^\"]*\"", ""));
            while (names.find()) {
                named.add(names.group(1));
            }
            named.removeAll(WORDS);
            assertThat(keys).as("condition of " + component.path("id").asText()).containsAll(named);
        }
    }
}
