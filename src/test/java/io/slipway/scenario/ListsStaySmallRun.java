package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.platform.web.Paging;
import io.slipway.release.Urgency;
import io.slipway.testing.CountedStatements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.method.HandlerMethod;

/**
 * With ten thousand releases every page and every call of the API that reads is asked for; which there are, the controllers say. Each is
 * a list of at most five statements and a hundred rows, unless {@link ReadAddresses#OTHERS} names it as something else and says how many statements
 * it may take.
 *
 * <p>What is counted is what a page does. Who calls, and with which groups, is found out before it by the chain of security, with the
 * same statements for every request; these are not counted. A program of its own with a database of its own, because ten thousand
 * releases would be in the way of every other story.
 */
@GuardedApplication
@AutoConfigureMockMvc
@Import({CountedStatements.class, ReadAddresses.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ListsStaySmallRun {

    private static final int MOST_STATEMENTS = 5;

    /** Lists of which the two stories made no row, and of which nobody can write one by hand: only their way to none is counted. */
    private static final Set<String> EMPTY = Set.of(
            "/api/v1/calendars",
            "/api/v1/contracts",
            "/api/v1/deputies",
            "/api/v1/refreshes",
            "/api/v1/regions/{system}",
            "/api/v1/releases/{key}/packaging/components",
            "/api/v1/releases/{key}/quality/test-selection",
            "/api/v1/releases/{key}/questions",
            "/api/v1/releases/{key}/review/timeline",
            "/api/v1/releases/{key}/scope/trade-offs",
            "/api/v1/releases/{key}/scripts",
            "/contracts",
            "/models");

    /**
     * What was answered, and the statements that it took.
     *
     * @param rows of the longest list of the answer
     * @param whole whether every panel could be shown
     */
    private record Visit(String address, int status, int rows, boolean whole, List<String> statements, long millis) {}

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Flyway flyway;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private ReadAddresses addresses;

    private List<ReleaseStory> stories;
    private final Map<String, List<Visit>> visits = new TreeMap<>();

    @BeforeAll
    void askForEverything() throws Exception {
        stories = Stream.of("2.4.0", "2.5.0")
                .map(version -> ReleaseStory.requestedBy(
                                people.named("mara"), version, version, Urgency.NORMAL, application)
                        .movedBy(hand::turn)
                        .goesOnTo("userTask_approveChange"))
                .toList();
        ManyReleases.of(owner(), stories.get(0).release(), stories.get(1).release());
        for (Map.Entry<String, HandlerMethod> read : addresses.reads().entrySet()) {
            if (!ReadAddresses.NOT_ASKED.contains(read.getKey())) {
                visits.put(read.getKey(), visits(read.getKey(), ReadAddresses.parameters(read.getValue())));
            }
        }
        Files.write(Path.of("target/lists.txt"), told());
    }

    private DataSource owner() {
        return Objects.requireNonNull(flyway.getConfiguration().getDataSource());
    }

    /** The first page, one in the middle and one of each filter, of both releases where it belongs to one. */
    private List<Visit> visits(String pattern, List<String> parameters) throws Exception {
        boolean within = pattern.contains("{key}");
        List<Visit> made = new ArrayList<>();
        for (ReleaseStory story : within ? stories : stories.subList(0, 1)) {
            String address = ReadAddresses.of(pattern, story.key());
            String person = whoMay(address);
            for (String each : ReadAddresses.each(pattern, story.key(), parameters)) {
                // What is read once and kept, as models and templates are, is read by the first visit.
                visit(each, person);
                made.add(visit(each, person));
            }
        }
        return made;
    }

    private String whoMay(String address) throws Exception {
        for (SamplePerson person : Stream.concat(Stream.of(people.named("mara")), people.all().stream())
                .toList()) {
            String id = people.idOf(person);
            if (visit(address, id).status() == 200) {
                return id;
            }
        }
        return people.idOf(people.named("mara"));
    }

    private Visit visit(String address, String person) throws Exception {
        List<MockHttpServletResponse> answer = new ArrayList<>();
        long begun = System.nanoTime();
        List<String> statements = CountedStatements.during(() -> answer.add(
                mvc.perform(get(address).with(user(person))).andReturn().getResponse()));
        long millis = (System.nanoTime() - begun) / 1_000_000;
        String body = answer.get(0).getContentAsString();
        return new Visit(
                address,
                answer.get(0).getStatus(),
                rows(String.valueOf(answer.get(0).getContentType()), body),
                !body.contains("cannot be shown"),
                statements.stream().filter(CountedStatements::ofThePage).toList(),
                millis);
    }

    private List<String> told() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, List<Visit>> visited : visits.entrySet()) {
            for (Visit visit : visited.getValue()) {
                lines.add("%3d statements %5d ms %4d rows, %d, %s %s"
                        .formatted(
                                visit.statements().size(),
                                visit.millis(),
                                visit.rows(),
                                visit.status(),
                                ReadAddresses.OTHERS.containsKey(visited.getKey()) ? "other" : "list ",
                                visit.address()));
            }
        }
        return lines;
    }

    /** The rows of the longest list of an answer; none where there is no list to be seen. */
    private int rows(String type, String body) throws IOException {
        if (type.contains("json")) {
            return longest(json.readTree(body));
        }
        return Jsoup.parse(body).select("table, ul:not(table ul), ol:not(table ol)").stream()
                .mapToInt(list -> list.is("table")
                        ? list.select("tbody > tr").size()
                        : list.children().size())
                .max()
                .orElse(0);
    }

    private static int longest(JsonNode node) {
        if (node.path("content").isArray()) {
            return node.path("content").size();
        }
        int longest = node.isArray() ? node.size() : 0;
        for (JsonNode child : node) {
            longest = Math.max(longest, longest(child));
        }
        return longest;
    }

    private Stream<Visit> lists() {
        return visits.entrySet().stream()
                .filter(visited -> !ReadAddresses.OTHERS.containsKey(visited.getKey()))
                .flatMap(visited -> visited.getValue().stream());
    }

    @Test
    void everyAddressIsKnownAndAnswers() {
        Set<String> named = new TreeSet<>(ReadAddresses.OTHERS.keySet());
        named.addAll(ReadAddresses.NOT_ASKED);
        named.addAll(EMPTY);
        assertThat(addresses.reads().keySet()).as("what is named here is there").containsAll(named);
        assertThat(addresses.reads().values().stream()
                        .flatMap(handler -> ReadAddresses.parameters(handler).stream())
                        .filter(name ->
                                !ReadAddresses.FILTERS.containsKey(name) && !ReadAddresses.NO_FILTERS.contains(name)))
                .as("parameters of which it is not said whether they filter")
                .isEmpty();
        assertThat(visits.values().stream()
                        .flatMap(List::stream)
                        .filter(visit -> visit.status() != 200)
                        .filter(visit -> !visit.address().contains("state="))
                        .map(visit -> visit.status() + " " + visit.address()))
                .isEmpty();
        assertThat(visits.values().stream()
                        .flatMap(List::stream)
                        .filter(visit -> !visit.whole())
                        .map(Visit::address))
                .as("pages with a panel that failed")
                .isEmpty();
    }

    @Test
    @Capability("X6")
    void everyListTakesAtMostFiveStatements() {
        assertThat(lists())
                .hasSizeGreaterThan(150)
                .filteredOn(visit -> visit.statements().size() > MOST_STATEMENTS)
                .extracting(visit -> visit.statements().size() + " " + visit.address())
                .isEmpty();
    }

    @Test
    @Capability("X6")
    void everyListIsPaged() {
        List<String> long_ = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (Map.Entry<String, List<Visit>> visited : visits.entrySet()) {
            for (Visit visit : visited.getValue()) {
                if (visit.rows() > Paging.MOST && !ReadAddresses.OTHERS.containsKey(visited.getKey())) {
                    long_.add(visit.rows() + " " + visit.address());
                }
            }
            boolean shown = false;
            for (Visit visit : visited.getValue()) {
                shown |= visit.rows() > 0;
            }
            if (!shown && !ReadAddresses.OTHERS.containsKey(visited.getKey()) && !EMPTY.contains(visited.getKey())) {
                empty.add(visited.getKey());
            }
        }
        assertThat(long_).as("lists that are longer than a page").isEmpty();
        assertThat(empty).as("lists that show nothing to be counted").isEmpty();
    }

    @Test
    void whatIsNoListTakesAsManyStatementsAsItEverDid() {
        List<String> grown = new ArrayList<>();
        visits.forEach((pattern, made) -> {
            int most = ReadAddresses.OTHERS.getOrDefault(pattern, Integer.MAX_VALUE);
            made.stream()
                    .filter(visit -> visit.statements().size() > most)
                    .forEach(visit -> grown.add(visit.statements().size() + " " + visit.address()));
        });
        assertThat(grown).isEmpty();
    }

    /** The plans of what lists ask. Without a condition a count of a whole table is told by the table itself. */
    @Test
    @Capability("X6")
    void noListReadsAGrowingTableFromEndToEnd() throws SQLException {
        Map<String, String> asked = new LinkedHashMap<>();
        lists().forEach(visit -> visit.statements().forEach(sql -> asked.putIfAbsent(sql, visit.address())));
        List<String> scans = new ArrayList<>();
        try (Connection connection = owner().getConnection()) {
            Set<String> growing = ManyReleases.growing(connection);
            for (Map.Entry<String, String> statement : asked.entrySet()) {
                String plan = plan(connection, statement.getKey()).orElse("");
                if (plan.contains("direct lookup")) {
                    continue;
                }
                Matcher scanned = SCAN.matcher(plan);
                while (scanned.find()) {
                    if (growing.contains(scanned.group(1)) && !SCANNED.contains(scanned.group(1))) {
                        scans.add(scanned.group(1) + " by " + statement.getValue() + ": " + statement.getKey());
                    }
                }
            }
        }
        assertThat(scans).isEmpty();
    }

    private static final Pattern SCAN = Pattern.compile("\"?PUBLIC\"?\\.\"?([A-Z_0-9]+)\"?\\.tableScan");

    /**
     * Tables that a list may read whole all the same: findings where rules are looked for by a part of their name, words of releases
     * where every release has the word.
     */
    private static final Set<String> SCANNED = Set.of("FINDING", "RELEASE_WORD");

    private static Optional<String> plan(Connection connection, String sql) throws SQLException {
        if (!sql.stripLeading().regionMatches(true, 0, "select", 0, 6)) {
            return Optional.empty();
        }
        try (PreparedStatement explained = connection.prepareStatement("explain " + sql)) {
            for (int i = 1; i <= explained.getParameterMetaData().getParameterCount(); i++) {
                explained.setNull(i, Types.NULL);
            }
            try (ResultSet row = explained.executeQuery()) {
                row.next();
                return Optional.of(row.getString(1));
            }
        }
    }
}
