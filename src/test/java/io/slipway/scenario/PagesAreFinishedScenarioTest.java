package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;

import io.slipway.Capability;
import io.slipway.browser.Chromium;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import io.slipway.scenario.FinishedPages.Screen;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every page that people of several roles reach by following links, on a desk and on a phone, in light and in dark, with little, with
 * very much and with what goes wrong: nothing is wider than the screen, the browser refuses nothing, and axe-core finds nothing
 * serious. The pictures lie in {@code target/screens/pages}.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
@Capability("X7")
class PagesAreFinishedScenarioTest {

    private static final String VERSION = "9.78.0";
    private static final String KEY = "storefront-" + VERSION;

    /** Between them they may see every page. */
    private static final List<String> VISITORS = List.of("mara", "pia", "aldo", "ines", "sefa", "ada");

    private static final int MOST_PAGES = 90;

    /** Pages of a release that a link leads to only when its list is long. */
    private static final List<String> OF_A_RELEASE =
            List.of("packaging", "comments", "history", "processes", "feedback", "audit");

    private static final String LONG = "W".repeat(200);
    private static final String LONG_SYSTEM = "a-system-of-a-very-long-name";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineAccess access;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private Obligations obligations;

    @Autowired
    private JdbcClient jdbc;

    private final Set<String> seen = new TreeSet<>();
    private FinishedPages pages;

    @BeforeAll
    void beginARelease() {
        pages = new FinishedPages(CHROMIUM, port);
        ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_attestExitCriteria");
    }

    @AfterAll
    void nothingIsLeftBehind() {
        for (String key : List.of(KEY, LONG_SYSTEM + "-9.78.1")) {
            callers.program("mara")
                    .json(
                            "POST",
                            "/api/v1/releases/" + key + "/cancel",
                            callers.write(Map.of("reason", "It was seen.")));
            hand.turn(key);
        }
    }

    @Test
    @Order(1)
    void everyPageIsFinishedOnEveryScreen() {
        for (String login : VISITORS) {
            pages.signIn(login);
            Deque<String> ahead = new ArrayDeque<>(List.of("/releases", "/", "/releases/" + KEY));
            if (login.equals("mara")) {
                OF_A_RELEASE.forEach(part -> ahead.add("/releases/" + KEY + "/" + part));
                ahead.addAll(List.of("/reports/storefront", "/delegations"));
            }
            if (login.equals("pia")) {
                ahead.add("/models/process/approve-change/1");
            }
            Set<String> taken = new TreeSet<>();
            while (!ahead.isEmpty() && seen.size() < MOST_PAGES) {
                String path = ahead.poll();
                String shape = FinishedPages.shape(path);
                if (!taken.add(shape)) {
                    continue;
                }
                if (refused(login, path) || !seen.add(shape)) {
                    pages.open(path, FinishedPages.SCREENS.get(0));
                } else {
                    for (Screen screen : FinishedPages.SCREENS) {
                        pages.look(path, screen, shape);
                    }
                }
                ahead.addAll(pages.links());
            }
        }
        assertThat(seen).hasSizeGreaterThan(36).hasSizeLessThan(MOST_PAGES);
        assertThat(pages.faults()).isEmpty();
    }

    /** An administrator has no part in releases. */
    private static boolean refused(String login, String path) {
        return login.equals("ada") && path.startsWith("/releases");
    }

    @Test
    @Order(2)
    void whatIsLongAndMuchStaysWithinThePage() {
        Release release = much();
        String of = "/releases/" + release.key();
        Map<String, List<String>> visits = Map.of(
                "mara",
                List.of(
                        "/releases",
                        of,
                        of + "/scope",
                        of + "/comments",
                        of + "/closure",
                        of + "/summary",
                        "/incidents",
                        "/findings",
                        "/obligations",
                        "/bookings",
                        "/calendar",
                        "/versions",
                        "/quality",
                        "/roster"),
                "aldo",
                List.of("/audit", of + "/audit"));
        visits.forEach((login, paths) -> {
            pages.signIn(login);
            for (String path : paths) {
                for (Screen screen : FinishedPages.SCREENS) {
                    pages.look(path, screen, "long" + FinishedPages.shape(path));
                }
            }
        });
        assertThat(pages.faults()).isEmpty();
    }

    private Release much() {
        landscape.add(LONG_SYSTEM, "A system with a name that nobody would choose who had to read it", false);
        landscape.addEnvironment(LONG_SYSTEM, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment(LONG_SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 2, 1);
        Release release = access.as(
                callers.id("mara"),
                () -> releases.request(
                        new NewRelease(LONG_SYSTEM, "9.78.1", LONG, Urgency.NORMAL), callers.id("mara")));
        hand.turn(release.key());
        String api = "/api/v1/releases/" + release.key();
        sent(
                "mara",
                api + "/scope/items",
                Map.of(
                        "items",
                        java.util.stream.IntStream.range(0, 100)
                                .mapToObj(this::item)
                                .toList()));
        sent("quinn", api + "/comments", Map.of("text", LONG.repeat(4)));
        sent(
                "ines",
                "/api/v1/incidents",
                Map.of(
                        "key",
                        "INC-" + "7".repeat(58),
                        "system",
                        LONG_SYSTEM,
                        "priority",
                        "P4",
                        "title",
                        LONG + "W".repeat(90)));
        sent(
                "quinn",
                "/api/v1/bookings",
                Map.of(
                        "release",
                        release.key(),
                        "environment",
                        "staging",
                        "start",
                        Instant.now().plus(1, ChronoUnit.DAYS).toString(),
                        "end",
                        Instant.now().plus(2, ChronoUnit.DAYS).toString(),
                        "purpose",
                        LONG));
        for (int number = 0; number < 100; number++) {
            obligations.open(new Obligations.NewObligation(
                    release.key() + "/condition/" + number,
                    Optional.of(release.id()),
                    Optional.of(release.system()),
                    Obligations.Kind.CONDITION,
                    number % 10 == 0 ? LONG : "Watch the cache after the release.",
                    Role.OPERATIONS,
                    Optional.empty(),
                    Instant.now().plus(30, ChronoUnit.DAYS),
                    false));
            jdbc.sql(
                            "insert into finding (system_key, fingerprint, tool, rule_id, severity, path, line_number, message,"
                                    + " snippet_hash, requested, first_seen_at, last_seen_at, last_release_id, triage_state)"
                                    + " select system_key, ?, 'Scanner', ?, 'NOTE', ?, 42, ?, '', false, requested_at, requested_at, id, 'OPEN'"
                                    + " from slipway_release where release_key = ?")
                    .params(
                            "%064d".formatted(9_780_000 + number),
                            "RULE_" + "R".repeat(90),
                            "src/" + LONG,
                            LONG,
                            release.key())
                    .update();
        }
        return release;
    }

    private Map<String, Object> item(int number) {
        return Map.of(
                "key",
                "ITEM-" + number,
                "title",
                number % 10 == 0 ? LONG : "One of very many",
                "kind",
                "feature",
                "value",
                number,
                "effort",
                1,
                "risk",
                1,
                "breaking",
                false,
                "dataMigration",
                false,
                "dependsOn",
                List.of(),
                "owner",
                "mara");
    }

    private void sent(String login, String path, Object body) {
        HttpResponse<String> answer = callers.program(login).json("POST", path, callers.write(body));
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
    }

    @Test
    @Order(3)
    void whatGoesWrongIsToldOnAPageOfOurs() {
        pages.leave();
        wrong("/login?error", "login-refused", "name or password");
        pages.signIn("mara");
        wrong("/nowhere", "no-page", "Not found");
        wrong("/releases/storefront-0.0.0", "no-release", "Not found");
        wrong("/access", "forbidden", "Back to the releases");
        wrong("/findings/no-number", "bad-address", "Back to the releases");
        wrong("/audit?from=yesterday", "bad-filter", "Releases");
        wrong("/reports?from=2026-02-31", "bad-day", "Releases");

        pages.open("/releases/new", FinishedPages.SCREENS.get(0));
        new Select(pages.browser().findElement(By.name("system"))).selectByValue("storefront");
        type("version", "1.2");
        type("title", "A version that is none");
        submitted(".wrong");
        assertThat(pages.browser().findElement(By.cssSelector(".wrong")).getText())
                .contains("Version");
        pages.lookAround("/releases/new, refused", "error-refused-form");

        assertThat(pages.faults()).isEmpty();
    }

    @Test
    @Order(4)
    void operationsSeesNothingToDoAndVeryMuch() {
        pages.signIn("oscar");
        operations("quiet");
        try {
            node("second", "RUNNING", 90, 0);
            alarm("node-dead", "Node second fell silent and never said that it stops.", 0);
            operations("one-alarm");
            node("third", "STOPPED", 4_000, 0);
            node("N".repeat(100), "RUNNING", 200_000, -90_000);
            node("machine-with-a-name.of-its-own.example.org:8080", "RUNNING", 0, 9_000);
            alarm("effect-stuck", "shiftTraffic on " + LONG + " is neither done nor refused.", 0);
            alarm("job-failed", "A job failed at every attempt: " + "It could not be reached. ".repeat(38), 0);
            alarm("clock-differs", "The clock of node " + "N".repeat(100) + " differs.", 0);
            alarm("jobs-late", "Jobs are due for more than 300 s and no node has done them.", 4);
            alarm("effect-stuck", "shiftTraffic on " + LONG + " is neither done nor refused.", 5);
            operations("many-alarms");
        } finally {
            jdbc.sql("delete from node where incarnation = 'seen'").update();
            jdbc.sql("delete from alarm").update();
        }
        assertThat(pages.faults()).isEmpty();
    }

    private void operations(String name) {
        for (Screen screen : FinishedPages.SCREENS) {
            pages.look("/operations", screen, "operations-" + name);
        }
    }

    private void node(String name, String state, int secondsAgo, long clockAhead) {
        jdbc.sql("insert into node (node_name, incarnation, state, started_at, seen_at, clock_ahead_ms)"
                        + " values (?, 'seen', ?, timestampadd(DAY, -3, localtimestamp(6)),"
                        + " timestampadd(SECOND, ?, localtimestamp(6)), ?)")
                .params(name, state, -secondsAgo, clockAhead)
                .update();
    }

    private void alarm(String kind, String cause, int clearedMinutesAgo) {
        jdbc.sql("insert into alarm (alarm_key, kind, cause, remedy, raised_at, cleared_at)"
                        + " values (?, ?, ?, ?, timestampadd(MINUTE, -70, localtimestamp(6)),"
                        + " case when ? > 0 then timestampadd(MINUTE, ?, localtimestamp(6)) end)")
                .params(
                        kind,
                        kind,
                        cause,
                        "See what its log tells, remove the cause, and raise the retries of the job in Cockpit.",
                        clearedMinutesAgo,
                        -clearedMinutesAgo)
                .update();
    }

    private void wrong(String path, String name, String told) {
        pages.open(path, FinishedPages.SCREENS.get(0));
        assertThat(pages.browser().findElement(By.tagName("body")).getText())
                .contains("Slipway", told)
                .doesNotContain("Exception", "Whitelabel", "io.slipway");
        pages.lookAround(path, "error-" + name);
    }

    private void type(String name, String text) {
        pages.browser().findElement(By.name(name)).sendKeys(text);
    }

    private void submitted(String expected) {
        pages.browser()
                .findElement(By.cssSelector("main form button[type=submit]"))
                .click();
        new WebDriverWait(pages.browser(), Duration.ofSeconds(30))
                .until(presenceOfElementLocated(By.cssSelector(expected)));
    }
}
