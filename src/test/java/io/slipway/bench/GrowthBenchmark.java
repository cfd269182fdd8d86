package io.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.NewRelease;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import io.slipway.scenario.EngineByHand;
import io.slipway.scenario.GuardedApplication;
import io.slipway.scenario.ManyReleases;
import io.slipway.scenario.ReadAddresses;
import io.slipway.scenario.ReleaseStory;
import io.slipway.testing.CountedStatements;
import io.slipway.testing.CountedStatements.Statement;
import io.slipway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

/**
 * What each list, the start of a release and the tasks of its first days cost while more and more releases are stored: time, statements,
 * and the rows that the database reads. Whoever looks is in fifty groups, and the engine's authorizations are on.
 *
 * <p>{@code mvn test -Dtest=GrowthBenchmark} runs it on the embedded database, with {@code -Dslipway.test.database=mariadb} or
 * {@code =host:port} on a server; {@code -Dslipway.bench.sizes=100,10000,100000} says how many releases are stored,
 * {@code -Dslipway.bench.visits=20} how often each list is asked for. The result is printed and written to {@code target/benchmark-growth.txt}; what takes other statements, or more than twice the time or rows, at the largest
 * size stands at its end, and makes it fail unless it is named here.
 */
@GuardedApplication
@AutoConfigureMockMvc
@Import({CountedStatements.class, TwinTargets.class, ReadAddresses.class})
@SuppressWarnings("NullAway.Init")
class GrowthBenchmark {

    private static final List<Integer> SIZES = Arrays.stream(
                    System.getProperty("slipway.bench.sizes", "100,10000,100000")
                            .split(","))
            .map(Integer::valueOf)
            .toList();
    private static final int GROUPS = 50;
    private static final int VISITS = Integer.getInteger("slipway.bench.visits", 20);
    private static final int STARTS = Math.max(1, VISITS / 2);
    private static final int WARM_UP = VISITS / 5;

    /** By this factor a line may grow from the smallest number of releases to the largest. */
    private static final double MOST = 2;

    /**
     * What takes less counts as this, because a pause of the garbage collector or of the machine makes two milliseconds out of one. What
     * reads more rows is told by them, however quick it is.
     */
    private static final double NOTICED_MILLIS = 5;

    /**
     * What reads fewer counts as this, because with the smallest number of releases a list may not fill its page yet, and it is counted up
     * to this bound once there are so many.
     */
    private static final long NOTICED_ROWS = ListTotal.BOUND;

    /** Lines that may grow, with the reason why. */
    private static final Map<String, String> GROWING = Map.of();

    /**
     * A cost at one size.
     *
     * @param read what the database reads for its queries
     */
    private record Point(List<Cost> costs, RowsRead.Read read) {

        long rows() {
            return read.rows();
        }

        /**
         * What is compared. Others on the machine make all times longer, those of a processor hardly; what a server does takes none of our
         * thread, so that the quickest of all times has to do.
         */
        double compared() {
            return TestDatabase.isServer() ? Cost.millis(costs, 0) : Cost.busyMillis(costs, 0.5);
        }
    }

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private People people;

    @Autowired
    private ReleaseDesk desk;

    @Autowired
    private ReadAddresses addresses;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Flyway flyway;

    private final Map<String, Map<Integer, Point>> points = new TreeMap<>();
    private int requested;

    @Test
    void listsStartsAndTasksWhileReleasesGrow() throws Exception {
        String everywhere = inFiftyGroups();
        List<ReleaseStory> stories = Stream.of("2.4.0", "2.6.0")
                .map(version -> ReleaseStory.requestedBy("mara", version, Urgency.NORMAL, application)
                        .movedBy(hand::turn)
                        .goesOnTo("userTask_approveChange"))
                .toList();
        try (Connection owner = Objects.requireNonNull(flyway.getConfiguration().getDataSource())
                .getConnection()) {
            owner.setAutoCommit(true);
            ManyReleases many = ManyReleases.begin(
                    owner, stories.get(0).release(), stories.get(1).release());
            RowsRead read = RowsRead.over(owner);
            warmUp(stories.get(1).key(), everywhere);
            for (int size : SIZES) {
                many.growTo(size);
                for (String pattern : addresses.lists()) {
                    list(size, ReadAddresses.of(pattern, stories.get(1).key()), everywhere, read);
                }
                firstDays(size, everywhere, read);
            }
            many.end();
        }
        List<String> grown = grown();
        List<String> told = told(grown);
        told.forEach(System.out::println);
        Files.write(Path.of("target/benchmark-growth.txt"), told);
        assertThat(SIZES).as("sizes that can be compared").hasSizeGreaterThan(1);
        assertThat(points.keySet()).hasSizeGreaterThan(50).containsAll(GROWING.keySet());
        assertThat(grown)
                .as("lines that grow with the number of releases")
                .filteredOn(name -> !GROWING.containsKey(name))
                .isEmpty();
    }

    /** Somebody with every role, and with roles for places besides. */
    private String inFiftyGroups() {
        Set<String> groups = new HashSet<>();
        for (Role role : Role.values()) {
            if (role != Role.ADMIN) {
                groups.add(role.groupFor(SampleLandscape.SYSTEM));
            }
        }
        for (int i = 1; groups.size() < GROUPS; i++) {
            groups.add(Role.DEPLOYER.group() + "@system-" + i + ".production");
        }
        return people.register(new NewPerson(
                "everywhere", "Somebody Everywhere", "everywhere@example.org", SamplePeople.PASSWORD, groups));
    }

    /** Lets the program get as quick as it is later, so that the smallest number of releases is not measured while it gets there. */
    private void warmUp(String key, String person) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            for (String pattern : addresses.lists()) {
                visit(ReadAddresses.of(pattern, key), person);
            }
            firstDay(person, (name, work) -> work.run());
        }
    }

    private void list(int size, String address, String person, RowsRead read) throws Exception {
        List<Cost> costs = new ArrayList<>();
        for (int i = -2; i < VISITS; i++) {
            Cost cost = Cost.of(() -> visit(address, person));
            if (i >= 0) {
                costs.add(cost);
            }
        }
        List<Statement> statements = CountedStatements.withParametersDuring(() -> visit(address, person));
        put(address, size, new Point(costs, read.by(statements)));
    }

    private void visit(String address, String person) throws Exception {
        assertThat(mvc.perform(get(address).with(user(person)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as(address)
                .isEqualTo(200);
    }

    /** Requests releases and does what people do in them until the files of the package are asked for. */
    private void firstDays(int size, String person, RowsRead read) throws Exception {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int i = -1; i < STARTS; i++) {
            Map<String, List<Cost>> into = i < 0 ? new LinkedHashMap<>() : costs;
            firstDay(person, (name, work) -> into.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(Cost.ofRunning(work)));
        }
        Map<String, List<Statement>> statements = new LinkedHashMap<>();
        firstDay(person, (name, work) -> statements.put(name, CountedStatements.withParametersDuringRunning(work)));
        for (Map.Entry<String, List<Cost>> entry : costs.entrySet()) {
            put(
                    entry.getKey(),
                    size,
                    new Point(entry.getValue(), read.by(Objects.requireNonNull(statements.get(entry.getKey())))));
        }
    }

    private void firstDay(String person, BiConsumer<String, Runnable> measured) {
        String version = "7." + requested++ + ".0";
        measured.accept(
                "request a release",
                () -> access.as(
                        person,
                        () -> desk.request(
                                new NewRelease(
                                        SampleLandscape.SYSTEM, version, "Storefront " + version, Urgency.NORMAL),
                                person)));
        ReleaseStory.of(version, "2.4.0", application)
                .movedBy(hand::turn)
                .doneWithin((deed, work) -> measured.accept("complete " + deed.activity(), work))
                .goesOnTo("userTask_supplyFiles");
    }

    private void put(String name, int size, Point point) {
        points.computeIfAbsent(name, key -> new TreeMap<>()).put(size, point);
        // As it goes, because the whole takes long.
        System.out.println(line(name));
    }

    /** The lines that take other statements, or more than twice the rows or the time, at the largest number of releases. */
    private List<String> grown() {
        List<String> grown = new ArrayList<>();
        points.forEach((name, sizes) -> {
            Point least = Objects.requireNonNull(sizes.get(SIZES.get(0)));
            Point most = Objects.requireNonNull(sizes.get(SIZES.get(SIZES.size() - 1)));
            if (most.compared() > MOST * Math.max(least.compared(), NOTICED_MILLIS)
                    || most.rows() > MOST * Math.max(least.rows(), NOTICED_ROWS)
                    || Cost.statements(most.costs(), 0.5) != Cost.statements(least.costs(), 0.5)) {
                grown.add(name);
            }
        });
        return grown;
    }

    private List<String> told(List<String> grown) {
        List<String> lines = new ArrayList<>();
        lines.add(
                TestDatabase.isServer()
                        ? "Database: a server; compared is the quickest time"
                        : "Database: H2, embedded; compared is the median of the time of a processor");
        lines.add("For each number of stored releases: compared ms, median and P95 of ms, statements, rows read");
        points.keySet().forEach(name -> lines.add(line(name)));
        lines.add("");
        lines.add("More than twice the time or the rows, or other statements, at the largest: " + grown.size());
        grown.forEach(name -> {
            RowsRead.Read read = Objects.requireNonNull(
                            Objects.requireNonNull(points.get(name)).get(SIZES.get(SIZES.size() - 1)))
                    .read();
            lines.add(line(name) + " " + GROWING.getOrDefault(name, ""));
            lines.add("  " + read.rowsOfMost() + " rows by " + read.most());
        });
        return lines;
    }

    private String line(String name) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-60s", name));
        Objects.requireNonNull(points.get(name))
                .forEach((size, point) -> line.append(String.format(
                        Locale.ROOT,
                        " | %6d: %6.1f %6.1f %6.1f %3d %6d",
                        size,
                        point.compared(),
                        Cost.millis(point.costs(), 0.5),
                        Cost.millis(point.costs(), 0.95),
                        Cost.statements(point.costs(), 0.5),
                        point.rows())));
        return line.toString();
    }
}
