package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.agent.AgentProcess;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings one release into each state there is and writes database, artifacts, keys and the agent's records into {@code
 * target/upgrade/releases-in-every-phase.zip.gz}, from which {@link UpgradeScenarioTest} starts. Run on demand, in a check-out of the
 * program that is to be upgraded from: it needs nothing of later programs.
 */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class ReleasesInEveryPhaseRun {

    /** What the dump is called. */
    static final String DUMP = "releases-in-every-phase.zip.gz";

    /** Every state that a transaction ends with; what is approved is scheduled in the same one. */
    static final Set<ReleaseState> STATES = EnumSet.complementOf(EnumSet.of(ReleaseState.APPROVED));

    /** The database as statements. */
    static final String SCRIPT = "database.sql";

    /** The moment at which everything stood still. */
    static final String MOMENT = "moment";

    /** What a fresh start makes anew, or what belongs to processes that are gone. */
    private static final Set<String> LEFT_OUT = Set.of(
            "slipway.mv.db",
            "slipway.trace.db",
            "ports.json",
            "token",
            "instance",
            "agent.pid",
            "watchdog.pid",
            "agent.lock",
            "watchdog.lock",
            "agent.log",
            "watchdog.log");

    private static final Set<String> MADE_ANEW =
            Set.of("agent/program", "agent/tmp", "demo/work", "demo/repository", "builds");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private JdbcClient jdbc;

    @Value("${slipway.data}")
    private Path data;

    @Value("${spring.datasource.url}")
    private String url;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agent;

    /** What runs in production comes first: each release that goes there replaces the one before it. */
    @Test
    void writesADumpWithAReleaseInEveryState() throws IOException, SQLException {
        story("21.1.0").goesOnTo(ReleaseState.CLOSED);
        cancelled(story("21.2.0").goesOnTo(ReleaseState.IN_BUILD));
        halted("21.3.0", at("serviceTask_evaluateClosing")).goesOnTo(ReleaseState.HYPERCARE);
        halted("21.4.0", at("serviceTask_runSyntheticCheck")).goesOnTo(ReleaseState.VALIDATING);
        takenBack("21.5.0");
        halted("21.6.0", production("serviceTask_startService")).goesOnTo(ReleaseState.DEPLOYING);
        story("21.7.0").goesOnTo("userTask_acceptGo");
        int number = 16;
        for (ReleaseState state : List.of(
                ReleaseState.AWAITING_APPROVAL, ReleaseState.IN_TEST, ReleaseState.IN_BUILD, ReleaseState.PLANNED)) {
            story("21." + number + ".0").goesOnTo(state);
            number++;
        }
        story("21.30.0").goesOnTo("userTask_confirmScope");
        ReleaseStory held = story("21.31.0").goesOnTo("userTask_attestExitCriteria");
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + held.key() + "/hold", "{\"reason\":\"The program is upgraded.\"}");
        hand.turn(held.key());

        assertThat(jdbc.sql("select distinct state from slipway_release")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(
                        STATES.stream().map(Enum::name).toList());
        write();
    }

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn);
    }

    private ReleaseStory halted(String version, Predicate<EngineByHand.Point> point) {
        hand.haltAt(SampleLandscape.SYSTEM + "-" + version, point);
        return story(version);
    }

    private static Predicate<EngineByHand.Point> at(String activity) {
        return point -> point.activity().equals(activity);
    }

    private static Predicate<EngineByHand.Point> production(String activity) {
        return point -> point.activity().equals(activity) && point.environment().equals(SampleLandscape.PRODUCTION);
    }

    private void cancelled(ReleaseStory story) {
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);
    }

    /** People take it back while it is validated. Production is undone, or nobody else could go there; how it goes on is not decided. */
    private void takenBack(String version) {
        ReleaseStory story = halted(version, at("serviceTask_runSyntheticCheck"))
                .expecting(ReleaseOutcome.ROLLED_BACK)
                .goesOnTo(ReleaseState.VALIDATING);
        assertThat(callers.program("oscar")
                        .json(
                                "POST",
                                "/api/v1/releases/" + story.key() + "/rollback",
                                "{\"reason\":\"Orders are lost.\"}")
                        .statusCode())
                .isBetween(200, 299);
        story.goesOnTo("userTask_decideNextStep");
    }

    private void write() throws IOException, SQLException {
        Instant moment = Instant.now();
        Path target = Files.createDirectories(Path.of("target", "upgrade"));
        Path script = target.resolve(SCRIPT);
        Properties accounts = new Properties();
        try (var in = Files.newBufferedReader(data.resolve("database").resolve("accounts.properties"))) {
            accounts.load(in);
        }
        try (Connection connection =
                        DriverManager.getConnection(url, "SLIPWAY_MIGRATOR", accounts.getProperty("migrator"));
                Statement statement = connection.createStatement()) {
            statement.execute("script to '" + script.toAbsolutePath() + "' charset 'UTF-8'");
        }
        AgentProcess.stop(agent, true);
        Path dump = target.resolve(DUMP);
        // Packed as a whole: most files are much like another one of the same size, and a zip would pack each by
        // itself.
        try (OutputStream out = new SmallestGzip(Files.newOutputStream(dump));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            add(zip, MOMENT, moment.toString().getBytes(StandardCharsets.UTF_8));
            add(zip, SCRIPT, Files.readAllBytes(script));
            for (Path file : kept()) {
                add(zip, "data/" + data.relativize(file), Files.readAllBytes(file));
            }
        }
        System.out.println(dump + " has " + Files.size(dump) + " bytes, the script " + Files.size(script));
    }

    /** By size, so that what is alike lies together. */
    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !LEFT_OUT.contains(String.valueOf(file.getFileName())))
                    .filter(file -> MADE_ANEW.stream()
                            .noneMatch(directory -> data.relativize(file).startsWith(directory)))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static final class SmallestGzip extends GZIPOutputStream {

        SmallestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
