package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.release.EnvironmentSites;
import io.slipway.testing.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads every page that people reach by links, in Tokyo about a site in Zurich, and looks for a time of which nobody knows where it is. */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("2.4")
class EveryTimeNamesItsZoneScenarioTest {

    private static final String VERSION = "22.44.0";
    private static final List<String> VISITORS = List.of("mara", "pia", "aldo", "ines", "sefa", "ada", "oscar");
    private static final Pattern TIME = Pattern.compile("(?<![\\d:.+-])\\d{1,2}:\\d{2}(?::\\d{2})?(?![\\d:])");

    /** What may stand behind a time: its zone, or the end of a span with it. */
    private static final Pattern ZONED =
            Pattern.compile("(?: (?:–|to) (?:\\d{1,2} \\w{3} \\d{4}, |\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d)?"
                    + "(?:[+-]\\d\\d:\\d\\d| (?:UTC|[A-Z]{3,4}|[A-Z]\\w+/[\\w/+-]+)(?!\\w)).*");

    private static final Pattern RAW = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EnvironmentSites sites;

    @Autowired
    private JdbcClient jdbc;

    private EnvironmentSites.Site before;

    @BeforeAll
    void aReleaseWithAWindowInZurich() {
        before = sites.site("storefront", "production");
        sites.describe(
                "storefront",
                "production",
                new EnvironmentSites.Site(
                        before.capacity(),
                        before.setUp(),
                        before.tearDown(),
                        ZoneId.of("Europe/Zurich"),
                        before.region()));
        ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_attestExitCriteria");
    }

    @AfterAll
    void nothingIsLeftBehind() {
        sites.describe("storefront", "production", before);
        jdbc.sql("delete from mail_zone where person_id = ?")
                .param(callers.id("sefa"))
                .update();
        callers.program("mara")
                .json("POST", "/api/v1/releases/storefront-" + VERSION + "/cancel", "{\"reason\":\"It was read.\"}");
        hand.turn("storefront-" + VERSION);
    }

    @Test
    void noPageShowsATimeWithoutItsZone() {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        int times = 0;
        for (String login : VISITORS) {
            Visitor visitor = callers.person(login).withCookie("zone", "Asia%2FTokyo");
            Deque<String> ahead = new ArrayDeque<>(List.of("/releases", "/releases/storefront-" + VERSION));
            Set<String> taken = new TreeSet<>();
            while (!ahead.isEmpty()) {
                String path = ahead.poll();
                if (!taken.add(shape(path))) {
                    continue;
                }
                HttpResponse<String> answer = visitor.get(path);
                if (answer.statusCode() != 200
                        || !answer.headers()
                                .firstValue("Content-Type")
                                .orElse("")
                                .startsWith("text/html")) {
                    continue;
                }
                Document page = Jsoup.parse(answer.body(), "http://localhost" + path);
                page.select("a[href]:not([download])").stream()
                        .map(link -> path(link.absUrl("href")))
                        .filter(link -> !link.isEmpty())
                        .forEach(ahead::add);
                if (seen.add(shape(path))) {
                    times += look(path, page, faults);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(30);
        assertThat(times).as("times that were read").isGreaterThan(40);
        assertThat(faults).isEmpty();
    }

    private static int look(String path, Document page, List<String> faults) {
        String zones = page.select("footer.foot").text();
        // A mail is shown as it was sent: each of its times names its zone, and no page is around it.
        boolean mail = path.matches("/outbox/\\d+/html");
        if ((!mail && !zones.matches("Times are in Asia/Tokyo, your zone; the (site|house) is in [\\w/]+"))
                || (path.startsWith("/releases/storefront-") && !zones.endsWith("Europe/Zurich"))) {
            faults.add(path + " says nothing of its zones: " + zones);
        }
        // What was recorded is shown as it was recorded.
        page.select("script, style, pre, textarea, ul.values").remove();
        String text = page.body().text();
        int times = 0;
        Matcher time = TIME.matcher(text);
        while (time.find()) {
            times++;
            if (!ZONED.matcher(text.substring(time.end())).matches()) {
                faults.add(path + ": " + around(text, time));
            }
        }
        Matcher raw = RAW.matcher(text);
        while (raw.find()) {
            faults.add(path + " (raw): " + around(text, raw));
        }
        Matcher utc = Pattern.compile("\\d\\d:\\d\\d(?::\\d\\d)? UTC").matcher(text);
        while (utc.find()) {
            faults.add(path + " (neither the reader's nor the site's): " + around(text, utc));
        }
        return times;
    }

    private static String around(String text, Matcher found) {
        return text.substring(Math.max(0, found.start() - 60), Math.min(text.length(), found.end() + 40));
    }

    private static String path(String address) {
        URI uri = URI.create(address.replaceAll("#.*", "").replace(" ", "%20"));
        if (!"localhost".equals(uri.getHost())
                || uri.getPath()
                        .matches(
                                "/(camunda|api|engine-rest|actuator|v3|webjars|logout|confirm|css|js).*|.*\\.(csv|json|ics|pdf|zip|txt|jsonl)|.*/(export|files|feed).*")) {
            return "";
        }
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** Two releases, items or numbers make no other page; neither does what is filtered by. */
    private static String shape(String path) {
        return path.replaceAll("\\?.*", "")
                .replaceAll("/releases/(?!new$|storefront-" + VERSION + ")[^/]+", "/releases/RELEASE")
                .replaceAll("/reports/[^/]+", "/reports/SYSTEM")
                .replaceAll("/[0-9a-f]{8}-[0-9a-f-]{27}", "/ID")
                .replaceAll("/models/[^/]+/[^/]+/\\d+", "/models/MODEL")
                .replaceAll("/\\d+", "/N");
    }

    @Test
    void aWindowIsShownInTheZoneOfTheReaderAndAtTheSite() {
        Document page = Jsoup.parse(callers.person("mara")
                .withCookie("zone", "Asia%2FTokyo")
                .get("/releases/storefront-" + VERSION)
                .body());
        assertThat(page.select(".window").text()).contains("JST", "at the site").containsPattern("CES?T");
    }

    @Test
    void aBrowserWithoutAZoneIsReadInThatOfThePersonAndThenInThatOfTheHouse() {
        assertThat(zoneShownTo("sefa")).isEqualTo("UTC");
        jdbc.sql("insert into mail_zone (person_id, zone_name) values (?, ?)")
                .params(callers.id("sefa"), "America/Lima")
                .update();
        assertThat(zoneShownTo("sefa")).isEqualTo("America/Lima");
    }

    private String zoneShownTo(String login) {
        return Jsoup.parse(callers.person(login).get("/releases").body())
                .select("footer .zone")
                .text();
    }
}
