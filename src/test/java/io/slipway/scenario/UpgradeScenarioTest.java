package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.util.FileSystemUtils;

/**
 * Opens what an earlier version of the program left behind, with a release in every state, and finishes all of them. The dump was written
 * by {@link ReleasesInEveryPhaseRun} in commit {@code c61364b915aa1886620cc39b9a707f6dfb5872fa}; time goes on from the moment at which it
 * was written.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.data=" + UpgradeScenarioTest.DATA,
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.workers.enabled=false",
            "slipway.validation.usual.pause=PT0.2S",
            "slipway.validation.usual.bake=PT0.3S",
            "slipway.validation.usual.hypercare=PT0.3S",
            "slipway.deployment.health.interval=PT0.25S"
        })
@ActiveProfiles("demo")
@Import({EngineByHand.class, Callers.class, CapabilitySwitch.class, UpgradeScenarioTest.ClockOfThatDay.class})
@DirtiesContext
@DisabledIfSystemProperty(
        named = TestDatabase.PROPERTY,
        matches = ".+",
        disabledReason = "the dump is one of the embedded database")
@SuppressWarnings("NullAway.Init")
class UpgradeScenarioTest {

    static final String DATA = "target/upgraded";

    private static Duration back = Duration.ZERO;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtime;

    /** What was planned for that day is neither late nor over. */
    @TestConfiguration
    static class ClockOfThatDay {

        @Bean
        @Primary
        Clock clockOfThatDay() {
            return Clock.offset(Clock.systemUTC(), back);
        }
    }

    @BeforeAll
    static void opensTheDump() throws IOException, SQLException {
        Path data = Path.of(DATA);
        if (Files.exists(data)) {
            AgentProcess.stop(data.resolve("agent"), true);
            FileSystemUtils.deleteRecursively(data);
        }
        Path script = data.resolveSibling("upgraded.sql");
        try (InputStream dump = Objects.requireNonNull(
                        UpgradeScenarioTest.class.getResourceAsStream(ReleasesInEveryPhaseRun.DUMP));
                ZipInputStream zip = new ZipInputStream(new GZIPInputStream(dump))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(ReleasesInEveryPhaseRun.MOMENT)) {
                    Instant moment = Instant.parse(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                    back = Duration.between(Instant.now(), moment);
                } else {
                    Path file = entry.getName().equals(ReleasesInEveryPhaseRun.SCRIPT)
                            ? script
                            : data.resolve(entry.getName().substring("data/".length()));
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
        }
        ClockUtil.offset(back.toMillis());
        Path database = data.toAbsolutePath().resolve("database");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rwx------"));
        Properties accounts = new Properties();
        try (var in = Files.newBufferedReader(database.resolve("accounts.properties"))) {
            accounts.load(in);
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + database.resolve("slipway"),
                        "SLIPWAY_MIGRATOR",
                        accounts.getProperty("migrator"));
                Statement statement = connection.createStatement()) {
            statement.execute("runscript from '" + script.toAbsolutePath() + "' charset 'UTF-8'");
        }
        Files.delete(script);
    }

    @AfterAll
    static void returnsToThePresent() throws IOException {
        ClockUtil.reset();
        AgentProcess.stop(Path.of(DATA, "agent"), true);
    }

    @Test
    @Capability("10.4")
    void finishesReleasesOfTheLastVersionFromEveryState() {
        Map<String, ReleaseState> found = states();
        assertThat(found.values()).containsAll(ReleasesInEveryPhaseRun.STATES);
        Set<String> pinned = versions();

        for (String key : inOrder(found)) {
            ReleaseState from = Objects.requireNonNull(found.get(key));
            ReleaseStory story =
                    ReleaseStory.of(version(key), "2.4.0", application).movedBy(hand::turn);
            if (story.release().onHold()) {
                story.completes("mara", "userTask_resumeRelease", Map.of("resumeReason", "The program is upgraded."));
            }
            ReleaseOutcome outcome = outcome(from);
            story.expecting(outcome).goesOnTo(ReleaseState.CLOSED);
            assertThat(story.release().outcome()).as(key + " from " + from).contains(outcome);
            assertThat(runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(key)
                            .processDefinitionKey("run-release")
                            .count())
                    .as(key + " from " + from)
                    .isZero();
        }
        assertThat(states().values()).containsOnly(ReleaseState.CLOSED, ReleaseState.CANCELLED);
        assertThat(versions()).as("models that releases began with").isEqualTo(pinned);
        assertThat(jdbc.sql("select distinct state from effect")
                        .query(String.class)
                        .set())
                .isSubsetOf("DONE", "UNDONE");
    }

    private static ReleaseOutcome outcome(ReleaseState from) {
        return switch (from) {
            case ROLLING_BACK -> ReleaseOutcome.ROLLED_BACK;
            // The release that is validated has replaced it, and what production does not run cannot be called a
            // success.
            case HYPERCARE -> ReleaseOutcome.UNSUCCESSFUL;
            default -> ReleaseOutcome.SUCCESSFUL;
        };
    }

    /** What touches production goes on first, the newest of them; then the others by version, because none goes there after a higher one. */
    private static List<String> inOrder(Map<String, ReleaseState> found) {
        List<ReleaseState> first = List.of(
                ReleaseState.ROLLING_BACK, ReleaseState.VALIDATING, ReleaseState.HYPERCARE, ReleaseState.DEPLOYING);
        return found.keySet().stream()
                .filter(key -> !Objects.requireNonNull(found.get(key)).ended())
                .sorted(Comparator.comparingInt((String key) -> {
                            int place = first.indexOf(found.get(key));
                            return place < 0 ? first.size() : place;
                        })
                        .thenComparing(key -> Version.parse(version(key))))
                .toList();
    }

    private static String version(String key) {
        return key.substring("storefront-".length());
    }

    private Map<String, ReleaseState> states() {
        return jdbc
                .sql("select release_key, state from slipway_release order by release_key")
                .query((row, number) -> Map.entry(row.getString(1), ReleaseState.valueOf(row.getString(2))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new));
    }

    /** Which version of which model each release recorded for itself when it began. */
    private Set<String> versions() {
        return jdbc.sql("select business_key || ' ' || kind || ' ' || definition_key || ' ' || version from model_pin")
                .query(String.class)
                .set();
    }
}
