package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.Slipway;
import io.slipway.backup.BackupCommand;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.ledger.Effect;
import io.slipway.platform.ledger.EffectLedger;
import io.slipway.platform.ledger.EffectRequest;
import io.slipway.platform.ledger.Probe;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.util.FileSystemUtils;

/**
 * A program is copied while people work on releases, its machine is lost after a release went on to production, and another program goes
 * on from the copy in an empty place. The agent, whose machine was not lost, has seen more than the copy knows.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.data=target/data/${random.uuid}",
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
@Import({EngineByHand.class, Callers.class, CapabilitySwitch.class})
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
@Tag("database")
@Capability("10.4")
@SuppressWarnings("NullAway.Init")
class BackupScenarioTest {

    private static final String VERSION = "2.4.0";

    /** Settings of one program that the other one has as well. */
    private static final List<String> OF_THE_DATABASE = List.of(
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.flyway.user",
            "spring.flyway.password",
            "spring.jpa.database-platform",
            "spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access");

    @Autowired
    private ApplicationContext first;

    @Autowired
    private Environment environment;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SessionRepository<?> sessions;

    @Value("${slipway.data}")
    private Path data;

    private String session;
    private Path backup;
    private Path elsewhere;
    private List<String> there;
    private ReleaseState copied;

    /** One release waits for its deployer; others come up, and are worked on, while the copy is made. */
    @BeforeAll
    void isCopiedUnderLoad() throws IOException {
        Path place = data.resolveSibling("backup-" + data.getFileName());
        backup = place.resolve("backup");
        elsewhere = place.resolve("elsewhere");
        there = TestDatabase.isServer() ? onTheServer(TestDatabase.settings()) : List.of();
        session = begin(sessions);
        ReleaseStory story = story(VERSION).goesOnTo("userTask_acceptGo");
        copied = story.release().state();

        AtomicBoolean going = new AtomicBoolean(true);
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> work(going));
        long before = entries(jdbc);
        while (entries(jdbc) == before && !load.isDone()) {
            Thread.onSpinWait();
        }
        before = entries(jdbc);
        int code = command("backup", here(), "--to=" + backup, "--dump=" + TestDatabase.dump());
        long after = entries(jdbc);
        going.set(false);
        assertThat(load.join()).isPositive();
        assertThat(code).isZero();
        assertThat(after).as("entries of the audit trail").isGreaterThan(before);
    }

    private static <S extends Session> String begin(SessionRepository<S> sessions) {
        S begun = sessions.createSession();
        begun.setAttribute("kept", "with it");
        sessions.save(begun);
        return begun.getId();
    }

    private int work(AtomicBoolean going) {
        int number = 0;
        while (going.get()) {
            number++;
            story("41." + number + ".0").goesOnUntil("the copy", () -> !going.get());
        }
        return number;
    }

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(people.named("mara"), version, VERSION, first)
                .movedBy(hand::turn);
    }

    @Test
    @Order(1)
    void aBackupThatIsNotWholeIsRefused(CapturedOutput output) throws IOException {
        Path artifact;
        try (Stream<Path> files = Files.walk(backup.resolve("artifacts"))) {
            artifact = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        flip(artifact);
        refuses("restore", there(), "--from=" + backup);
        assertThat(output.getErr()).contains("The backup is damaged: " + artifact + " was changed after it was made");
        flip(artifact);

        Path away = backup.resolveSibling("away");
        Files.move(artifact, away);
        refuses("restore", there(), "--from=" + backup);
        assertThat(output.getErr()).contains("The backup is incomplete: " + artifact + " is missing");
        Files.move(away, artifact);

        for (String file : List.of("database.sql", "files.sha256")) {
            flip(backup.resolve(file));
            refuses("restore", there(), "--from=" + backup);
            assertThat(output.getErr())
                    .contains("The backup is damaged: " + backup.resolve(file) + " was changed after it was made");
            flip(backup.resolve(file));
        }

        refuses("restore", there(), "--from=" + backup.resolve("artifacts"));
        assertThat(output.getErr()).contains("is no complete backup: backup.json is missing");
        assertThat(elsewhere.resolve("artifacts")).doesNotExist();
        assertThat(elsewhere.resolve("database/slipway.mv.db")).doesNotExist();
    }

    /** The program writes none, and refuses in one sentence what it has not written. */
    @Test
    @Order(1)
    void aBackupThatNamesAFileElsewhereIsRefused(CapturedOutput output) throws IOException {
        Path list = backup.resolve("files.sha256");
        Path description = backup.resolve("backup.json");
        byte[] listed = Files.readAllBytes(list);
        byte[] described = Files.readAllBytes(description);
        for (String line : List.of("0".repeat(64) + "  artifacts/../evil.txt", "short")) {
            replace(list, Files.readString(list) + line + "\n");
            refuses("restore", there(), "--from=" + backup);
            Files.write(list, listed);
            Files.write(description, described);
        }
        Files.writeString(description, "{\n'");
        refuses("restore", there(), "--from=" + backup);
        Files.write(description, described);

        int line = (int) Files.readString(list).lines().count() + 1;
        assertThat(output.getErr().lines().filter(said -> !said.isBlank()))
                .hasSize(3)
                .allSatisfy(said -> assertThat(said).startsWith("slipway restore: Line "))
                .satisfiesExactly(
                        said -> assertThat(said)
                                .contains("Line " + line + " of " + list
                                        + " names what no backup has: artifacts/../evil.txt"),
                        said -> assertThat(said).contains("Line " + line + " of " + list + " is no digest"),
                        said -> assertThat(said).contains("Line 2 of " + description));
        assertThat(elsewhere.resolve("artifacts")).doesNotExist();
        assertThat(elsewhere.resolve("evil.txt")).doesNotExist();
    }

    /** Writes a file of the backup anew, with its digest wherever it stood. */
    private void replace(Path file, String text) throws IOException {
        String before = sha256(file);
        Files.writeString(file, text);
        for (String name : List.of("files.sha256", "backup.json")) {
            Path naming = backup.resolve(name);
            String named = Files.readString(naming);
            if (named.contains(before)) {
                String list = sha256(naming);
                Files.writeString(naming, named.replace(before, sha256(file)));
                if (name.equals("files.sha256")) {
                    Path description = backup.resolve("backup.json");
                    Files.writeString(description, Files.readString(description).replace(list, sha256(naming)));
                }
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(2)
    void noSessionIsInIt(CapturedOutput output) throws IOException {
        assertThat(jdbc.sql("select count(*) from SPRING_SESSION where SESSION_ID = ?")
                        .param(session)
                        .query(Integer.class)
                        .single())
                .as("goes on in what was copied")
                .isEqualTo(1);
        assertThat(backup.resolve("database.sql"))
                .content()
                .doesNotContain(session)
                .containsPattern("(?m)^CREATE .*TABLE .*\\bSPRING_SESSION\\b")
                .containsPattern("(?m)^CREATE .*TABLE .*\\bSPRING_SESSION_ATTRIBUTES\\b");
    }

    @Test
    @Order(2)
    void nothingIsOverwritten(CapturedOutput output) throws IOException {
        refuses("backup", here(), "--to=" + backup);
        assertThat(output.getErr()).contains(backup + " is not empty");

        refuses("restore", here(), "--from=" + backup);
        assertThat(output.getErr()).contains("The artifact store " + data.resolve("artifacts") + " is not empty");

        List<String> otherStore = new ArrayList<>(here());
        otherStore.add("--slipway.artifacts.directory=" + elsewhere.resolve("empty"));
        refuses("restore", otherStore, "--from=" + backup);
        assertThat(output.getErr())
                .contains(
                        TestDatabase.isServer()
                                ? "The schema " + environment.getProperty("slipway.mysql.schema")
                                        + " is not empty: it has a table"
                                : "There is a database " + data.toAbsolutePath().normalize()
                                        + "/database/slipway.mv.db already");
        assertThat(elsewhere.resolve("empty")).doesNotExist();
        assertThat(command("verify", here())).as("the first is as it was").isZero();
    }

    @Test
    @Order(3)
    void verifyTellsWhatItFound(CapturedOutput output) throws IOException {
        String sha256 = jdbc.sql("select sha256 from package_file where name = ?")
                .param("storefront-" + VERSION + ".jar")
                .query(String.class)
                .single();
        Path file = data.resolve("artifacts/sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);

        flip(file);
        refuses("verify", here());
        assertThat(output.getOut())
                .contains(sha256 + " of the store has other bytes than its name says")
                .contains("1 with faults");
        flip(file);

        Path away = data.resolve("away");
        Files.move(file, away);
        refuses("verify", here());
        assertThat(output.getOut())
                .contains("The store lacks the file storefront-" + VERSION + ".jar (" + sha256 + ")");
        Files.move(away, file);

        assertThat(command("verify", here())).isZero();
        assertThat(output.getOut().lines().toList())
                .last()
                .asString()
                .matches("\\d+ files in the store, \\d+ named by rows, [1-9]\\d* sealed packages, " + entries(jdbc)
                        + " audit entries; no fault");
    }

    @Test
    @Order(4)
    void workGoesOnElsewhere(CapturedOutput output) throws IOException {
        // What happens after the copy is lost with the machine; the agent has seen it.
        ReleaseStory.of(VERSION, VERSION, first).movedBy(hand::turn).goesOnTo(ReleaseState.VALIDATING);
        long lost = entries(jdbc);
        // More often than a sender tries by itself, to a target that the copy does not know at all.
        long seen = 0;
        for (int number = 1; number <= 5; number++) {
            seen = sends(first, "late/first/" + number);
        }
        // Builds are no data of the program.
        FileSystemUtils.copyRecursively(data.resolve("demo"), elsewhere.resolve("demo"));

        // As in a dump that somebody made who did not leave them out.
        replace(
                backup.resolve("database.sql"),
                Files.readString(backup.resolve("database.sql"))
                        + "insert into SPRING_SESSION values ('a', 'b', 1, 1, 1, 9000000000000, 'mara');\n"
                        + "insert into SPRING_SESSION_ATTRIBUTES values ('a', 'c', '00');\n");
        assertThat(command("restore", there(), "--from=" + backup)).isZero();
        assertThat(output.getOut()).contains("sealed packages").contains("; no fault");

        List<String> arguments = new ArrayList<>(there());
        arguments.addAll(List.of(
                "--server.port=0",
                "--slipway.targets.agent.data-dir=" + environment.getProperty("slipway.targets.agent.data-dir"),
                "--slipway.validation.usual.pause=PT0.2S",
                "--slipway.validation.usual.bake=PT0.3S",
                "--slipway.validation.usual.hypercare=PT0.3S",
                "--slipway.deployment.health.interval=PT0.25S",
                "--camunda.bpm.generate-unique-process-engine-name=true",
                "--camunda.bpm.generate-unique-process-application-name=true"));
        // Fences begin at the second of the first effect; another machine is not there within as many seconds as
        // effects.
        long last = seen;
        ReleaseStory.await("the next fence", () -> Instant.now().getEpochSecond() > last, () -> "after " + last);
        try (ConfigurableApplicationContext second =
                new SpringApplicationBuilder(Slipway.class).run(arguments.toArray(String[]::new))) {
            assertThat(entries(second.getBean(JdbcClient.class))).isLessThan(lost);
            assertThat(second.getBean(JdbcClient.class)
                            .sql("select count(*) from node")
                            .query(Integer.class)
                            .single())
                    .as("nodes, of which none is one of the day of the backup")
                    .isOne();
            for (String table : List.of("SPRING_SESSION", "SPRING_SESSION_ATTRIBUTES")) {
                assertThat(second.getBean(JdbcClient.class)
                                .sql("select count(*) from " + table)
                                .query(Integer.class)
                                .single())
                        .as(table)
                        .isZero();
            }
            assertThat(second.getBean(Releases.class)
                            .find("storefront-" + VERSION)
                            .orElseThrow()
                            .state())
                    .isEqualTo(copied);
            assertThat(sends(second, "late/second/1")).isGreaterThan(last);
            ReleaseStory story = ReleaseStory.of(VERSION, VERSION, second).goesOnTo(ReleaseState.CLOSED);
            assertThat(story.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
            assertThat(second.getBean(JdbcClient.class)
                            .sql("select distinct state from effect where business_key = ?")
                            .param(story.key())
                            .query(String.class)
                            .set())
                    .isSubsetOf("DONE", "UNDONE");
        }
    }

    /** Sends something to the agent, which takes it, and returns the fence under which it was taken. */
    private static long sends(ApplicationContext program, String key) {
        Targets targets = program.getBean(Targets.class);
        Route route = new Route("late", "storefront");
        Effect effect = new Effect() {
            @Override
            public void apply(String sent, long fence) {
                targets.removeRoute(route, sent, fence);
            }

            @Override
            public Probe probe(String sent) {
                return targets.probe(sent)
                        .map(applied -> Probe.desired(applied.subject()))
                        .orElse(Probe.previous("nothing was applied"));
            }
        };
        return program.getBean(EffectLedger.class)
                .perform(
                        new EffectRequest(key, "late", "late", "removeRoute", route.toString(), route.toString(), null),
                        () -> {},
                        effect)
                .fence();
    }

    private static void flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }

    private static void refuses(String command, List<String> place, String... arguments) {
        assertThat(command(command, place, arguments)).as(command).isEqualTo(1);
    }

    private static int command(String command, List<String> place, String... arguments) {
        List<String> all = new ArrayList<>(place);
        all.addAll(List.of(arguments));
        return BackupCommand.run(command, all.toArray(String[]::new));
    }

    /** How a command is told of the place of the first program. */
    private List<String> here() {
        List<String> here =
                new ArrayList<>(List.of("--slipway.data=" + data, "--spring.profiles.active=" + profiles()));
        for (String name : OF_THE_DATABASE) {
            if (TestDatabase.isServer() && environment.containsProperty(name)) {
                here.add("--" + name + "=" + environment.getProperty(name));
            }
        }
        return here;
    }

    /** How a command, or a program, is told of the empty place. */
    private List<String> there() {
        List<String> arguments =
                new ArrayList<>(List.of("--slipway.data=" + elsewhere, "--spring.profiles.active=" + profiles()));
        arguments.addAll(there);
        return arguments;
    }

    private static String profiles() {
        return TestDatabase.isServer() ? "demo,mysql" : "demo";
    }

    /** The address is named, because it is named by what a test would be given otherwise. */
    private List<String> onTheServer(Map<String, Object> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> {
            if (!name.equals("spring.profiles.include")) {
                arguments.add("--" + name + "=" + value);
            }
        });
        arguments.add("--spring.datasource.url="
                + environment
                        .getRequiredProperty("spring.datasource.url")
                        .replace(
                                "/" + environment.getRequiredProperty("slipway.mysql.schema") + "?",
                                "/" + settings.get("slipway.mysql.schema") + "?"));
        return arguments;
    }

    private static long entries(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from audit_entry").query(Long.class).single();
    }
}
