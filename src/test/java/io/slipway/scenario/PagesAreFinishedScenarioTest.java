package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.not;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.slipway.Capability;
import io.slipway.browser.Chromium;
import io.slipway.demo.SamplePeople;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * Every page that people of several roles reach by following links, on a desk and on a phone, in light and in dark: nothing is wider
 * than the screen, the browser refuses nothing, and axe-core finds nothing serious. The pictures lie in {@code target/pictures}.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("X7")
class PagesAreFinishedScenarioTest {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final String VERSION = "9.78.0";

    /** Between them they may see every page. */
    private static final List<String> VISITORS = List.of("mara", "pia", "aldo", "ines", "sefa", "ada");

    private static final int MOST_PAGES = 90;

    /** A width, whether it is a phone, and a colour scheme. */
    private record Screen(int width, String scheme) {}

    private static final List<Screen> SCREENS = List.of(
            new Screen(1440, "light"), new Screen(1440, "dark"), new Screen(390, "light"), new Screen(390, "dark"));

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

    private final Set<String> seen = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    @BeforeAll
    void beginARelease() {
        ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_attestExitCriteria");
    }

    @Test
    void everyPageIsFinishedOnEveryScreen() throws IOException {
        Files.createDirectories(PICTURES);
        for (String login : VISITORS) {
            signIn(login);
            Deque<String> ahead = new ArrayDeque<>(List.of("/releases", "/releases/storefront-" + VERSION));
            Set<String> taken = new TreeSet<>();
            while (!ahead.isEmpty() && seen.size() < MOST_PAGES) {
                String path = ahead.poll();
                if (!taken.add(shape(path))) {
                    continue;
                }
                boolean first = seen.add(shape(path));
                for (Screen screen : first ? SCREENS : SCREENS.subList(0, 1)) {
                    look(path, screen, first);
                }
                ahead.addAll(links());
            }
            leave();
        }
        assertThat(seen).hasSizeGreaterThan(5).hasSizeLessThan(MOST_PAGES);
        assertThat(faults).isEmpty();
    }

    private void look(String path, Screen screen, boolean examine) throws IOException {
        ChromeDriver browser = CHROMIUM.driver();
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", screen.width(), "height", 900, "deviceScaleFactor", 1, "mobile", screen.width() < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme()))));
        // What was complained about before, such as on the way through signing in, is not this page's.
        CHROMIUM.complaints();
        browser.get(address(path));
        if (!examine) {
            return;
        }
        String where = path + " at " + screen.width() + " px, " + screen.scheme();
        long over = (Long) browser.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
        if (over > 0) {
            faults.add(where + " is " + over + " px wider than the screen");
        }
        CHROMIUM.complaints().forEach(complaint -> faults.add(where + ": " + complaint));
        Results examined = new AxeBuilder().exclude(List.of(".diagram")).analyze(browser);
        assertThat(examined.getPasses())
                .as("what axe-core looked at on " + where)
                .isNotEmpty();
        for (Rule rule : examined.getViolations()) {
            if (Set.of("serious", "critical").contains(rule.getImpact())) {
                faults.add(where + ": " + rule.getId() + " at "
                        + rule.getNodes().get(0).getTarget() + ", " + rule.getHelp());
            }
        }
        Files.write(
                PICTURES.resolve(shape(path).replaceAll("[^A-Za-z0-9.]+", "_") + "-" + screen.width() + "-"
                        + screen.scheme() + ".png"),
                browser.getScreenshotAs(OutputType.BYTES));
    }

    /** Addresses of pages of ours on the page that is shown; files, sign-out and Camunda's applications are none. */
    private List<String> links() {
        @SuppressWarnings("unchecked")
        List<String> links = (List<String>) CHROMIUM.driver()
                .executeScript("return [...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)");
        return links.stream()
                .filter(link -> link.startsWith(address("/")))
                .map(link -> URI.create(link.replaceAll("#.*", "")))
                .filter(
                        link -> !link.getPath()
                                .matches(
                                        "/(camunda|api|engine-rest|actuator|v3|webjars|logout|confirm).*|.*\\.(csv|json|ics|pdf|zip|txt|jsonl)|.*/(export|files|feed).*"))
                .map(link -> link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery()))
                .distinct()
                .toList();
    }

    /** Two releases, items or numbers make no other page; neither does what is filtered by. */
    private static String shape(String path) {
        return path.replaceAll("\\?.*", "?")
                .replaceAll("\\?$", "")
                .replaceAll("/releases/(?!new$)[^/]+", "/releases/RELEASE")
                .replaceAll("/reports/[^/]+", "/reports/SYSTEM")
                .replaceAll("/[0-9a-f]{8}-[0-9a-f-]{27}", "/ID")
                .replaceAll("/models/[^/]+/[^/]+/\\d+", "/models/MODEL")
                .replaceAll("/\\d+", "/N");
    }

    private void signIn(String login) {
        ChromeDriver browser = CHROMIUM.driver();
        browser.get(address("/login"));
        browser.findElement(By.id("username")).sendKeys(login);
        browser.findElement(By.id("password")).sendKeys(SamplePeople.PASSWORD, Keys.ENTER);
        new WebDriverWait(browser, Duration.ofSeconds(30)).until(not(urlContains("/login")));
    }

    private void leave() {
        CHROMIUM.driver().get("about:blank");
        CHROMIUM.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }
}
