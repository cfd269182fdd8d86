package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.communication.CommunicationRound;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.testing.StoredColumns;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person who has left traces in many modules wants a copy, and then to be forgotten; every table is searched for what is left. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
@Capability("8.3")
class ErasureScenarioTest {

    private static final String LOGIN = "zenobia28";
    private static final String NAME = "Zenobia Quarkwell";
    private static final String MAIL = "zenobia.quarkwell@storefront.example";

    /** Tables in which an id may stand without a module that answers for them, and why. */
    private static final Map<String, String> ANSWERED_ELSEWHERE = Map.of(
            "person", "the account itself, which is erased",
            "spring_session", "whoever has a session may do what the person may, so no copy has it; erasure ends it",
            "audit_entry", "the audit trail, copied entry by entry; nobody may change it");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople sample;

    @Autowired
    private People people;

    @Autowired
    private CommunicationRound round;

    @Autowired
    private List<PersonalData> data;

    @Autowired
    private JdbcClient jdbc;

    private HttpResponse<String> call(String login, String method, String path, Map<String, ?> body) {
        HttpResponse<String> answer = callers.program(login).json(method, path, callers.write(body));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 204);
        return answer;
    }

    @AfterEach
    void leavesNobodyOnTheRoster() {
        // Other stories share the roster, and nobody is asked while it is empty.
        jdbc.sql("delete from roster_member").update();
        jdbc.sql("delete from roster_absence").update();
    }

    @Test
    void nothingOfAPersonIsFoundAfterErasureButWhatIsDeclaredWithItsReason() {
        String id =
                people.register(new NewPerson(LOGIN, NAME, MAIL, SamplePeople.PASSWORD, Set.of("service-desk", "qa")));
        ReleaseStory story = ReleaseStory.requestedBy(sample.named("mara"), "28.4.0", "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_attestExitCriteria");
        leaveTraces(story, id);
        round.run();

        JsonNode copy = callers.read(callers.program("ada").get("/api/v1/privacy/copy?person=" + LOGIN));
        Set<String> copied = new TreeSet<>();
        data.forEach(module -> copy.path(module.name())
                .forEach(row -> copied.add(row.path("table").asText())));
        assertThat(copied)
                .contains(
                        "known_issue",
                        "release_comment",
                        "mail_message",
                        "mail_zone",
                        "roster_member",
                        "roster_absence");
        Map<String, Set<String>> holding = columnsWith(id);
        assertThat(holding.keySet()).contains("mail_message", "roster_member", "release_comment");
        assertThat(holding.keySet().stream()
                        .filter(table -> !ANSWERED_ELSEWHERE.containsKey(table))
                        .filter(table -> !copied.contains(table)))
                .as("tables with the person of which no module gives a copy")
                .isEmpty();
        assertThat(copy.path("keptAfterErasure").findValuesAsText("reason"))
                .isNotEmpty()
                .noneMatch(String::isBlank);

        assertThat(callers.program("ada")
                        .json(
                                "POST",
                                "/api/v1/privacy/erasures",
                                callers.write(Map.of("person", LOGIN, "reason", "Asked in a letter.")))
                        .body())
                .as("while a release is open in which the person has a part")
                .contains("which is not closed");
        call("mara", "POST", "/api/v1/releases/" + story.key() + "/cancel", Map.of("reason", "It was told."));
        hand.turn(story.key());
        call("ada", "POST", "/api/v1/privacy/erasures", Map.of("person", LOGIN, "reason", "Asked in a letter."));
        call("alan", "POST", "/api/v1/privacy/erasures/confirmation", Map.of("person", LOGIN));

        Set<String> recorded = data.stream()
                .flatMap(module -> module.places().stream())
                .filter(place -> place.treatment() == PersonalPlace.Treatment.RECORDED)
                .map(PersonalPlace::table)
                .collect(Collectors.toSet());
        recorded.addAll(ANSWERED_ELSEWHERE.keySet());
        Map<String, Set<String>> left = new TreeMap<>();
        List.of(LOGIN, NAME, MAIL, "Quarkwell")
                .forEach(known -> textsWith(known).forEach((table, columns) -> {
                    if (!recorded.contains(table)) {
                        left.computeIfAbsent(table, unused -> new TreeSet<>()).addAll(columns);
                    }
                }));
        assertThat(left).as("texts that still name the person").isEmpty();
        assertThat(textsWith(NAME).keySet())
                .as("what nobody may change is still there, as declared")
                .contains("release_comment");
        assertThat(columnsWith(id).keySet())
                .as("records stay under the opaque id")
                .contains("known_issue", "mail_message", "audit_entry")
                .doesNotContain("roster_member", "roster_absence", "mail_zone", "spring_session");
        assertThat(callers.person("mara")
                        .get("/releases/" + story.key() + "/comments")
                        .body())
                .contains("[erased]");
    }

    private void leaveTraces(ReleaseStory story, String id) {
        String release = "/api/v1/releases/" + story.key();
        call(LOGIN, "POST", release + "/comments", Map.of("text", "Ask " + NAME + " about it."));
        call(
                LOGIN,
                "POST",
                release + "/issues",
                Map.of(
                        "title",
                        "Slow",
                        "effect",
                        "Slow.",
                        "workaround",
                        "Call " + NAME + " or write to " + MAIL + "."));
        call("mara", "POST", release + "/updates", Map.of("remark", NAME + " (" + LOGIN + ") knows more."));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("login", LOGIN);
        member.put("functions", List.of("qa"));
        member.put("zone", "Europe/Berlin");
        member.put("days", List.of("MONDAY"));
        member.put("from", "09:00");
        member.put("until", "17:00");
        call("mara", "POST", "/api/v1/roster/members", member);
        call(
                "mara",
                "POST",
                "/api/v1/roster/absences",
                Map.of(
                        "login",
                        LOGIN,
                        "from",
                        now.toString(),
                        "until",
                        now.plus(1, ChronoUnit.DAYS).toString(),
                        "reason",
                        NAME + " is ill"));
        callers.person(LOGIN).get("/outbox");
        jdbc.sql("insert into mail_zone (person_id, zone_name) values (?, 'Europe/Berlin')")
                .param(id)
                .update();
    }

    /** Tables and columns of ours in which exactly this value stands. */
    private Map<String, Set<String>> columnsWith(String value) {
        StoredColumns columns = new StoredColumns(jdbc);
        return byTable(columns.text().stream()
                .filter(column -> !column.table().toUpperCase(Locale.ROOT).startsWith("ACT_"))
                .filter(column -> columns.equals(column, value)));
    }

    /** All tables and columns, the engine's too, in which this stands somewhere. */
    private Map<String, Set<String>> textsWith(String value) {
        StoredColumns columns = new StoredColumns(jdbc);
        return byTable(columns.text().stream().filter(column -> columns.contains(column, value)));
    }

    private static Map<String, Set<String>> byTable(Stream<StoredColumns.Column> columns) {
        Map<String, Set<String>> found = new TreeMap<>();
        columns.forEach(
                column -> found.computeIfAbsent(column.table().toLowerCase(Locale.ROOT), unused -> new TreeSet<>())
                        .add(column.name().toLowerCase(Locale.ROOT)));
        return found;
    }
}
