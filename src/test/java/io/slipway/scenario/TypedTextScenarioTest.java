package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.ReleaseState;
import io.slipway.testing.StoredColumns;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A release in which every text that people can type is written in the languages that machines evaluate: it stays text, in every table,
 * on every page and in every answer of the API.
 */
@GuardedApplication
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "8.2"})
class TypedTextScenarioTest {

    private static final String VERSION = "9.77.0";

    /** Needs four bytes in UTF-8, more than the engine's own script for MySQL allows. */
    private static final String SHIP = "\uD83D\uDEA2";

    /** Each factor pair gives 42049 wherever somebody calculates. */
    private static final String TYPED =
            SHIP + " ${6007*7} #{6007*7} {{6007*7}} [[${6007*7}]] __${6007*7}__ <#assign x=6007*7>${x}"
                    + " T(java.lang.Runtime).getRuntime() <img src=x onerror=alert(1)> '; drop table person; --";

    private static final String CALCULATED = "42049";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcClient jdbc;

    /** Fields in which text names records: what is none is refused, and so they stay as the script fills them. */
    private static final Set<String> NAMES = Set.of("excludedItems", "deferredItems", "addedItems");

    private final Set<String> typedInto = new HashSet<>();

    @Test
    void staysTextInTablesOnPagesAndInTheApi() {
        Map<String, Set<String>> fields = fields();
        Visitor program = callers.program("mara");
        HttpResponse<String> asked = program.json(
                "POST",
                "/api/v1/releases",
                callers.write(Map.of("system", "storefront", "version", VERSION, "title", TYPED, "urgency", "NORMAL")));
        assertThat(asked.statusCode()).as(asked.body()).isIn(200, 201);
        ReleaseStory story = ReleaseStory.of(VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .typing((task, inputs) -> typed(task, inputs, fields))
                .goesOnTo(ReleaseState.CLOSED);

        assertThat(typedInto)
                .contains("goReason", "closureNote", "evidenceNote", "filesNote", "handOverNote", "itemsNote");
        StoredColumns columns = new StoredColumns(jdbc);
        assertThat(columns.text().stream().filter(column -> columns.contains(column, CALCULATED)))
                .isEmpty();
        assertThat(columns.text().stream().filter(column -> columns.contains(column, SHIP + " ${6007*7}")))
                .as("columns with a character of four bytes")
                .hasSizeGreaterThan(15);
        assertThat(columns.holdingWithout("${6007*7} #{", SHIP))
                .as("columns that keep the text and lost the character before it")
                .isEmpty();
        for (String path : List.of(
                "/releases",
                "/releases/" + story.key(),
                "/releases/" + story.key() + "/history",
                "/releases/" + story.key() + "/audit",
                "/releases/" + story.key() + "/scope")) {
            String page = callers.person("mara").get(path).body();
            assertThat(page).as(path).doesNotContain(CALCULATED, "<img src=x", "<#assign");
        }
        assertThat(callers.person("mara").get("/releases/" + story.key()).body())
                .contains("${6007*7}");
        for (String path : List.of("", "/history", "/scope", "/schedule", "/quality", "/deployment")) {
            HttpResponse<String> answer = program.get("/api/v1/releases/" + story.key() + path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain(CALCULATED);
        }
        assertThat(callers.read(program.get("/api/v1/releases/" + story.key()))
                        .path("title")
                        .asText())
                .isEqualTo(TYPED);
    }

    /** What holds text in the engine's tables and in those of sessions is made by scripts of others; ours come after them. */
    @Test
    @EnabledIf(
            value = "io.slipway.testing.TestDatabase#isServer",
            disabledReason = "H2 has one set of characters for everything")
    void everyColumnOfTheServerHoldsEveryCharacterAndTellsThemApart() {
        List<String[]> columns = jdbc.sql("select c.table_name, c.column_name, c.character_set_name, c.collation_name"
                        + " from information_schema.columns c join information_schema.tables t"
                        + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
                        + " where c.table_schema = schema() and t.table_type = 'BASE TABLE'"
                        + " and c.character_set_name is not null")
                .query((row, number) ->
                        new String[] {row.getString(1) + "." + row.getString(2), row.getString(3), row.getString(4)})
                .list();

        for (String known : List.of("slipway_release.title", "ACT_RU_VARIABLE.TEXT_", "SPRING_SESSION.SESSION_ID")) {
            assertThat(columns).anySatisfy(column -> assertThat(column[0]).isEqualToIgnoringCase(known));
        }
        assertThat(columns).hasSizeGreaterThan(1_000);
        assertThat(columns.stream()
                        .filter(column -> !column[1].equals("utf8mb4") || !column[2].endsWith("_bin"))
                        .map(column -> String.join(" ", column)))
                .as("columns of text that are not utf8mb4 with a binary collation")
                .isEmpty();
    }

    private Map<String, Object> typed(Task task, Map<String, Object> inputs, Map<String, Set<String>> fields) {
        Map<String, Object> all = new HashMap<>(inputs);
        for (String field : fields.getOrDefault(form(task), Set.of())) {
            Object present = all.get(field);
            if (NAMES.contains(field)) {
                continue;
            }
            if (present == null || present.toString().contains(" ")) {
                all.put(field, TYPED);
                typedInto.add(field);
            }
        }
        return all;
    }

    private String form(Task task) {
        return access.asSystem(() -> ((UserTask) repository
                        .getBpmnModelInstance(task.getProcessDefinitionId())
                        .getModelElementById(task.getTaskDefinitionKey()))
                .getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRef"));
    }

    /** Names of the fields for text, by form. */
    private static Map<String, Set<String>> fields() {
        Map<String, Set<String>> fields = new TreeMap<>();
        try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
            for (Path form :
                    forms.filter(file -> file.toString().endsWith(".form")).toList()) {
                Set<String> names = new HashSet<>();
                collect(new ObjectMapper().readTree(form.toFile()), names);
                fields.put(String.valueOf(form.getFileName()).replace(".form", ""), names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private static void collect(JsonNode component, Set<String> names) {
        if (Set.of("textfield", "textarea").contains(component.path("type").asText())) {
            names.add(component.path("key").asText());
        }
        component.path("components").forEach(child -> collect(child, names));
    }
}
