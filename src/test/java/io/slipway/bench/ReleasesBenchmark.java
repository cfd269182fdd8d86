package io.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.communication.CommunicationRound;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.autopilot.Actors;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.NewRelease;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.scenario.Deed;
import io.slipway.scenario.EngineByHand;
import io.slipway.scenario.GuardedApplication;
import io.slipway.scenario.ReleaseStory;
import io.slipway.testing.CountedStatements;
import io.slipway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/**
 * What a whole release costs Slipway, and of that the engine: (A) the program with simulated machines that take no time, (B) the same
 * models with empty delegates on the engine alone, (C) the same as B without history, (D) the same as B without authorization. All four
 * take turns in one run, on one thread, so that ratios say something where times do not. Waiting for times is left out of everything.
 *
 * <p>{@code mvn test -Dtest=ReleasesBenchmark} runs it on the embedded database, with {@code -Dslipway.test.database=mariadb} or
 * {@code =host:port} on a server; {@code -Dslipway.bench.releases=10} says how many releases are counted. The result is printed and
 * written to {@code target/benchmark-releases.txt}.
 */
@GuardedApplication
@Import({CountedStatements.class, TwinTargets.class})
@TestPropertySource(
        properties = {
            // Pauses between two questions are waiting too.
            "slipway.deployment.health.interval=PT0.001S",
            "slipway.deployment.live.interval=PT0.001S"
        })
@SuppressWarnings("NullAway.Init")
class ReleasesBenchmark {

    private static final String MAILS = "mails and reminders";
    private static final int WARM_UP = 2;
    private static final int COSTLIEST = 12;
    private static final int RELEASES = Integer.getInteger("slipway.bench.releases", 5);
    private static final List<String> BUILDS = List.of("2.4.0", "2.6.0");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Actors actors;

    @Autowired
    private CommunicationRound round;

    @Autowired
    private HistoryService history;

    @Autowired
    private EngineAccess access;

    @Autowired
    private Environment environment;

    @Value("${slipway.data}")
    private Path data;

    @Test
    void wholeReleasesAgainstTheEngineAlone() throws Exception {
        Map<String, List<Taken>> taken = new LinkedHashMap<>();
        List.of("A", "B", "C", "D").forEach(variant -> taken.put(variant, new ArrayList<>()));
        try (BareEngine b = bare("b", "full", true);
                BareEngine c = bare("c", "none", true);
                BareEngine d = bare("d", "full", false)) {
            Map<String, BareEngine> engines = Map.of("B", b, "C", c, "D", d);
            for (int i = 0; i < WARM_UP + RELEASES; i++) {
                String version = "3." + i + ".0";
                Taken a = release(version, BUILDS.get(i % BUILDS.size()));
                Recorded recorded =
                        access.asSystem(() -> Recorded.of(SampleLandscape.SYSTEM + "-" + version, a.deeds(), history));
                for (String variant : List.of("B", "C", "D")) {
                    Taken bare = new Taken();
                    Objects.requireNonNull(engines.get(variant)).replay(version, recorded, bare);
                    if (i >= WARM_UP) {
                        of(taken, variant).add(bare);
                    }
                }
                if (i >= WARM_UP) {
                    of(taken, "A").add(a);
                }
            }
        }
        List<String> told = told(taken);
        told.forEach(System.out::println);
        Files.write(Path.of("target/benchmark-releases.txt"), told);
        assertThat(taken.values()).allSatisfy(all -> assertThat(all).hasSize(RELEASES));
    }

    private BareEngine bare(String name, String level, boolean authorization) throws IOException {
        if (TestDatabase.isServer()) {
            Map<String, Object> schema = TestDatabase.settings();
            String url = environment
                    .getRequiredProperty("spring.datasource.url")
                    .replace(
                            environment.getRequiredProperty("slipway.mysql.schema"),
                            String.valueOf(schema.get("slipway.mysql.schema")));
            return new BareEngine(
                    url,
                    String.valueOf(schema.get("spring.flyway.user")),
                    String.valueOf(schema.get("spring.flyway.password")),
                    level,
                    authorization);
        }
        String url = "jdbc:h2:file:" + data.toAbsolutePath() + "/bare-" + name + "/engine;DB_CLOSE_ON_EXIT=FALSE";
        return new BareEngine(url, "sa", "", level, authorization);
    }

    /** Takes a release from its request to its end. */
    private Taken release(String version, String built) throws Exception {
        Taken taken = new Taken();
        ReleaseStory story = ReleaseStory.of(version, built, application);
        taken.add(
                "",
                Taken.START,
                "request",
                Cost.of(() -> actors.request(
                        actors.named("mara"),
                        new NewRelease(SampleLandscape.SYSTEM, version, "Storefront " + version, Urgency.NORMAL))));
        Deed.Around measuring = measuring(taken, () -> story.release().state().name());
        hand.doneWithin(measuring);
        story.doneWithin(measuring).movedBy(key -> {
            int before = taken.deeds().size();
            hand.turn(key);
            if (taken.deeds().size() > before) {
                // A round in which nothing happened is no part of a release: the clock makes it, for all of them at
                // once.
                measured(taken, story.release().state().name(), MAILS, MAILS, round::run);
            }
        });
        story.goesOnTo(ReleaseState.CLOSED);
        hand.doneWithin(Deed.Around.NOTHING);
        return taken;
    }

    private static Deed.Around measuring(Taken taken, Supplier<String> state) {
        return (deed, work) -> {
            taken.did(deed);
            measured(taken, state.get(), deed.kind().name(), deed.toString(), work);
        };
    }

    private static void measured(Taken taken, String state, String kind, String step, Runnable work) {
        taken.add(state, kind, step, Cost.ofRunning(work));
    }

    private static List<String> told(Map<String, List<Taken>> taken) {
        List<String> lines = new ArrayList<>();
        lines.add("Database: " + (TestDatabase.isServer() ? "a server" : "H2, embedded") + ", releases counted: "
                + RELEASES + " after " + WARM_UP);
        List<Cost> first = wholes(taken, "A");
        for (String variant : taken.keySet()) {
            List<Cost> all = wholes(taken, variant);
            lines.add(line(
                    "%s  a release: median %8.1f ms, P95 %8.1f ms, %6d statements; A takes %.1f times its time and %.1f times its statements",
                    variant,
                    Cost.millis(all, 0.5),
                    Cost.millis(all, 0.95),
                    Cost.statements(all, 0.5),
                    Cost.millis(first, 0.5) / Cost.millis(all, 0.5),
                    1.0 * Cost.statements(first, 0.5) / Cost.statements(all, 0.5)));
        }
        for (String variant : taken.keySet()) {
            for (String kind : kinds(taken, variant)) {
                List<Cost> steps = of(taken, variant).stream()
                        .flatMap(one -> one.byKind().getOrDefault(kind, List.of()).stream())
                        .toList();
                lines.add(line(
                        "%s  %-20s %5d a release, median %7.2f ms, P95 %7.2f ms, %4d statements (P95 %d)",
                        variant,
                        kind,
                        steps.size() / RELEASES,
                        Cost.millis(steps, 0.5),
                        Cost.millis(steps, 0.95),
                        Cost.statements(steps, 0.5),
                        Cost.statements(steps, 0.95)));
            }
        }
        for (String state : of(taken, "A").get(0).byState().keySet()) {
            List<Cost> all = of(taken, "A").stream()
                    .map(one -> one.byState().getOrDefault(state, Cost.NONE))
                    .toList();
            lines.add(line(
                    "A  while %-20s median %8.1f ms, %6d statements",
                    state.isEmpty() ? "requested" : state, Cost.millis(all, 0.5), Cost.statements(all, 0.5)));
        }
        costliest(of(taken, "A"), of(taken, "B")).forEach(lines::add);
        return lines;
    }

    private static Stream<String> costliest(List<Taken> whole, List<Taken> bare) {
        return whole.stream()
                .flatMap(one -> one.byStep().keySet().stream())
                .distinct()
                .sorted(Comparator.comparingDouble(step -> -Cost.millis(step(whole, step), 0.5)))
                .limit(COSTLIEST)
                .map(step -> line(
                        "A  costliest: %-50s median %8.1f ms, %6d statements; of the engine alone %8.1f ms, %6d statements",
                        step,
                        Cost.millis(step(whole, step), 0.5),
                        Cost.statements(step(whole, step), 0.5),
                        Cost.millis(step(bare, step), 0.5),
                        Cost.statements(step(bare, step), 0.5)));
    }

    private static List<Cost> step(List<Taken> all, String step) {
        return all.stream()
                .map(one -> one.byStep().getOrDefault(step, Cost.NONE))
                .toList();
    }

    private static List<String> kinds(Map<String, List<Taken>> taken, String variant) {
        return of(taken, variant).stream()
                .flatMap(one -> one.byKind().keySet().stream())
                .distinct()
                .toList();
    }

    private static List<Taken> of(Map<String, List<Taken>> taken, String variant) {
        return Objects.requireNonNull(taken.get(variant));
    }

    private static List<Cost> wholes(Map<String, List<Taken>> taken, String variant) {
        return of(taken, variant).stream().map(Taken::whole).toList();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
