package io.slipway.quality.selection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers how each test of a system fared, and chooses under a budget the tests that leave the least risk out. The risk of a test is
 * how likely it finds something, by its history, times how critical it is; where its component was not changed a part of that.
 */
@Service
public class TestSelections {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BATCH = 500;
    private static final int MOST_TESTS = 20_000;
    private static final int USUAL_CRITICALITY = 2;
    private static final int MOST_CRITICAL = 5;
    private static final int LONGEST_BUDGET = 7 * 24 * 3600;
    private static final int SCALE = 1_000;
    private static final int TICK = 10;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Permissions permissions;
    private final Obligations obligations;
    private final AuditTrail audit;
    private final SelectionSettings settings;
    private final Clock clock;

    TestSelections(
            JdbcClient jdbc,
            JdbcTemplate batches,
            Permissions permissions,
            Obligations obligations,
            AuditTrail audit,
            SelectionSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.permissions = permissions;
        this.obligations = obligations;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** How one test of a report ended. */
    public record Ran(String type, String name, long millis, boolean failed, boolean flaky) {}

    /** Remembers how the tests of a report ended; skipped ones are not told. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remember(Release release, List<Ran> report) {
        Map<String, Ran> distinct = new LinkedHashMap<>();
        report.forEach(ran -> distinct.merge(hash(ran.name()), ran, (one, other) -> one.failed() ? one : other));
        List<String> hashes = List.copyOf(distinct.keySet());
        for (int from = 0; from < hashes.size(); from += BATCH) {
            remember(release, distinct, hashes.subList(from, Math.min(from + BATCH, hashes.size())));
        }
    }

    private void remember(Release release, Map<String, Ran> report, List<String> hashes) {
        Map<String, Long> known = new HashMap<>();
        jdbc.sql("select name_hash, id from test_case where system_key = :system and name_hash in (:hashes)")
                .param("system", release.system())
                .param("hashes", hashes)
                .query((row, number) -> known.put(row.getString(1), row.getLong(2)))
                .list();
        Timestamp now = Timestamp.from(clock.instant());
        List<Object[]> added = new ArrayList<>();
        List<Object[]> ran = new ArrayList<>();
        for (String hash : hashes) {
            Ran test = report.get(hash);
            if (test == null) {
                continue;
            }
            Long id = known.get(hash);
            int failures = test.failed() ? 1 : 0;
            int flakes = test.flaky() ? 1 : 0;
            if (id == null) {
                added.add(new Object[] {
                    release.system(),
                    hash,
                    test.name(),
                    component(test.type()),
                    failures,
                    flakes,
                    test.millis(),
                    USUAL_CRITICALITY,
                    now
                });
            } else {
                ran.add(new Object[] {failures, flakes, test.millis(), now, id});
            }
        }
        batches.batchUpdate(
                "insert into test_case (system_key, name_hash, name, component, runs, failures, flakes, millis, criticality,"
                        + " last_seen_at) values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
                added);
        batches.batchUpdate(
                "update test_case set runs = runs + 1, failures = failures + ?, flakes = flakes + ?, millis = ?,"
                        + " last_seen_at = ? where id = ?",
                ran);
    }

    /** The last part of the package of a class; empty for a class without one. */
    static String component(String type) {
        int end = type.lastIndexOf('.');
        return end < 0 ? "" : type.substring(type.lastIndexOf('.', end - 1) + 1, end);
    }

    /** A page of the tests of a system, by name. */
    @Transactional(readOnly = true)
    public Page<TestCase> tests(String system, Pageable page) {
        long total = jdbc.sql(ListTotal.sql("from test_case where system_key = ?", page))
                .param(system)
                .query(Long.class)
                .single();
        // The order begins as the index does, or the embedded database would sort all rows.
        return new PageImpl<>(
                jdbc.sql(SELECT + " where system_key = ? order by system_key, id limit " + page.getPageSize()
                                + " offset " + page.getOffset())
                        .param(system)
                        .query(TestSelections::row)
                        .list(),
                page,
                total);
    }

    private static final String SELECT =
            "select id, name, component, runs, failures, flakes, millis, criticality from test_case";

    /** Lets a person pass who assures the quality of a release. */
    public void requireQuality(Release release, String person) {
        permissions.require(release, person, Role.QA);
    }

    /**
     * Says how critical a test is.
     *
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when there is no such degree
     * @throws NotFound when the system has no such test
     */
    @Transactional
    public void rate(Release release, long test, int criticality, String person) {
        requireQuality(release, person);
        if (criticality < 1 || criticality > MOST_CRITICAL) {
            throw new Refused("criticality", "'criticality' is a whole number from 1 to " + MOST_CRITICAL + ".");
        }
        int changed = jdbc.sql("update test_case set criticality = ? where id = ? and system_key = ?")
                .params(criticality, test, release.system())
                .update();
        if (changed == 0) {
            throw new NotFound("test", String.valueOf(test));
        }
        audit.record(AuditTrail.Entry.of(
                release.id(), "quality.rateTest", "test/" + test, Map.of(), Map.of("criticality", criticality)));
    }

    /**
     * Chooses tests for a release.
     *
     * @param budgetSeconds the time there is
     * @param changed components that the release changes
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when the budget makes no sense, a component is unknown, or no report told of a test
     */
    @Transactional
    public TestSelection choose(Release release, int budgetSeconds, Set<String> changed, String person) {
        requireQuality(release, person);
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended.");
        }
        if (budgetSeconds < 1 || budgetSeconds > LONGEST_BUDGET) {
            throw new Refused("budgetSeconds", "'budgetSeconds' is a whole number from 1 to " + LONGEST_BUDGET + ".");
        }
        List<TestCase> tests = jdbc.sql(SELECT + " where system_key = ? order by id limit " + MOST_TESTS)
                .param(release.system())
                .query(TestSelections::row)
                .list();
        if (tests.isEmpty()) {
            throw new Refused("No report has told of a test of " + release.system()
                    + " yet; please hand in a report of tests first.");
        }
        Set<String> known = tests.stream().map(TestCase::component).collect(Collectors.toCollection(TreeSet::new));
        for (String component : changed) {
            if (!known.contains(component)) {
                throw new Refused(
                        "changedComponents",
                        "'" + component + "' is no component with tests; known are " + String.join(", ", known) + ".");
            }
        }
        TestSelection selection = chosen(tests, budgetSeconds, changed);
        jdbc.sql("insert into test_selection (release_id, content, chosen_by, chosen_at) values (?, ?, ?, ?)")
                .params(StoredIds.bytes(release), Canonical.json(selection), person, Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.chooseTests",
                release.key(),
                Map.of(),
                Map.of(
                        "budgetSeconds", budgetSeconds,
                        "changedComponents", new TreeSet<>(changed).toString(),
                        "chosen", selection.chosen().size(),
                        "omitted", selection.omitted().size(),
                        "omittedRisk", selection.omittedRisk(),
                        "exact", selection.exact())));
        return selection;
    }

    TestSelection chosen(List<TestCase> tests, int budgetSeconds, Set<String> changed) {
        List<Knapsack.Item> items = tests.stream()
                .map(test -> new Knapsack.Item(test.number(), weight(test), worth(test, changed)))
                .toList();
        Knapsack.Choice choice = Knapsack.choose(items, budgetSeconds * (1000 / TICK), settings.patience());
        long all = Math.max(1, Knapsack.worth(items));
        List<TestCase> taken = tests.stream()
                .filter(test -> choice.ids().contains(test.number()))
                .toList();
        List<String> omitted = tests.stream()
                .filter(test -> !choice.ids().contains(test.number()))
                .sorted(Comparator.comparingInt((TestCase test) -> -worth(test, changed))
                        .thenComparing(TestCase::name))
                .map(TestCase::name)
                .toList();
        return new TestSelection(
                budgetSeconds,
                changed,
                taken.stream().map(TestCase::name).toList(),
                (taken.stream().mapToLong(TestCase::millis).sum() + 999) / 1000,
                omitted,
                percent(all - choice.worth(), all),
                choice.exact(),
                percent(choice.most() - choice.worth(), all));
    }

    private static int percent(long part, long all) {
        return (int) ((part * 100 + all - 1) / all);
    }

    private static int weight(TestCase test) {
        return (int) Math.min(Integer.MAX_VALUE / 4, Math.max(1, (test.millis() + TICK - 1) / TICK));
    }

    private int worth(TestCase test, Set<String> changed) {
        double share = changed.contains(test.component()) ? 1 : settings.unchanged() / 100.0;
        return Math.max(1, (int) Math.round(SCALE * test.likelihood() * test.criticality() * share));
    }

    /** What was chosen last for a release. */
    @Transactional(readOnly = true)
    public Optional<TestSelection> of(Release release) {
        return jdbc.sql("select content from test_selection where release_id = ? order by id desc limit 1")
                .param(StoredIds.bytes(release))
                .query(String.class)
                .optional()
                .map(TestSelections::read);
    }

    /** What was left out is owed as soon as the release is live. */
    @EventListener
    void owe(ReleaseStateChanged changed) {
        Release release = changed.release();
        if (release.state() != ReleaseState.VALIDATING) {
            return;
        }
        of(release)
                .filter(selection -> !selection.omitted().isEmpty())
                .ifPresent(selection -> obligations.open(Obligations.NewObligation.of(
                        release,
                        "omitted-tests",
                        Obligations.Kind.OMITTED_TESTS,
                        "Run the " + selection.omitted().size() + " tests that were left out, with "
                                + selection.omittedRisk() + " % of the risk.",
                        Role.QA,
                        clock.instant().plus(settings.omittedDue()),
                        false)));
    }

    private static TestSelection read(String json) {
        try {
            return JSON.readValue(json, TestSelection.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored selection cannot be read", e);
        }
    }

    private static TestCase row(ResultSet row, int number) throws SQLException {
        return new TestCase(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getLong(7),
                row.getInt(8));
    }

    private static String hash(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
