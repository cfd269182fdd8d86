package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.not;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.slipway.browser.Chromium;
import io.slipway.demo.SamplePeople;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Looks at pages of ours as people see them: nothing is wider than the screen, the browser refuses nothing, axe-core finds nothing
 * serious. What is wrong is collected, and each look leaves a picture of the whole page.
 */
final class FinishedPages {

    /** A width in pixels, of a desk or of a phone, and a colour scheme. */
    record Screen(int width, String scheme) {}

    static final List<Screen> SCREENS = List.of(
            new Screen(1440, "light"), new Screen(1440, "dark"), new Screen(390, "light"), new Screen(390, "dark"));

    private static final Path PICTURES = Path.of("target", "screens", "pages");

    /** A page is longer than this only by its list, which the first rows show. */
    private static final long LONGEST = 6_000;

    private final Chromium chromium;
    private final int port;
    private final List<String> faults = new ArrayList<>();

    FinishedPages(Chromium chromium, int port) {
        this.chromium = chromium;
        this.port = port;
    }

    /** What was found so far, with the address, the width and the scheme. */
    List<String> faults() {
        return faults;
    }

    ChromeDriver browser() {
        return chromium.driver();
    }

    String address(String path) {
        return "http://localhost:" + port + path;
    }

    void signIn(String login) {
        leave();
        browser().get(address("/login"));
        browser().findElement(By.id("username")).sendKeys(login);
        browser().findElement(By.id("password")).sendKeys(SamplePeople.PASSWORD, Keys.ENTER);
        new WebDriverWait(browser(), Duration.ofSeconds(30)).until(not(urlContains("/login")));
    }

    void leave() {
        browser().get("about:blank");
        browser().executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Opens a page without looking at it. */
    void open(String path, Screen screen) {
        show(screen);
        // What was complained about before, such as on the way through signing in, is not this page's.
        chromium.complaints();
        browser().get(address(path));
    }

    /** Opens a page, examines it and keeps its picture under this name. */
    void look(String path, Screen screen, String name) {
        open(path, screen);
        examine(path, screen, name);
        String where = path + at(screen);
        chromium.complaints().forEach(complaint -> faults.add(where + ": " + complaint));
    }

    /** Examines the page that is open now on every screen, such as one that answers a form; a failed request is no complaint there. */
    void lookAround(String what, String name) {
        for (Screen screen : SCREENS) {
            show(screen);
            examine(what, screen, name);
        }
        chromium.complaints();
    }

    private void show(Screen screen) {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of(
                                "width",
                                screen.width(),
                                "height",
                                900,
                                "deviceScaleFactor",
                                1,
                                "mobile",
                                screen.width() < 500));
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme()))));
    }

    private static String at(Screen screen) {
        return " at " + screen.width() + " px, " + screen.scheme();
    }

    private void examine(String what, Screen screen, String name) {
        String where = what + at(screen);
        long over = (Long) browser().executeScript("return document.documentElement.scrollWidth - window.innerWidth");
        if (over > 0) {
            faults.add(where + " is " + over + " px wider than the screen");
        }
        Results examined = new AxeBuilder().exclude(List.of(".diagram")).analyze(browser());
        assertThat(examined.getPasses())
                .as("what axe-core looked at on " + where)
                .isNotEmpty();
        for (Rule rule : examined.getViolations()) {
            if (Set.of("serious", "critical").contains(rule.getImpact())) {
                faults.add(where + ": " + rule.getId() + " at "
                        + rule.getNodes().get(0).getTarget() + ", " + rule.getHelp());
            }
        }
        picture(name, screen);
    }

    private void picture(String name, Screen screen) {
        long height = (Long) browser().executeScript("return Math.max(900, document.documentElement.scrollHeight)");
        Object taken = browser()
                .executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of(
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of(
                                        "x",
                                        0,
                                        "y",
                                        0,
                                        "width",
                                        screen.width(),
                                        "height",
                                        Math.min(height, LONGEST),
                                        "scale",
                                        1)))
                .get("data");
        try {
            Files.createDirectories(PICTURES);
            Files.write(
                    PICTURES.resolve(name.replaceAll("[^A-Za-z0-9.]+", "_") + "-" + screen.width() + "-"
                            + screen.scheme() + ".png"),
                    Base64.getDecoder().decode(String.valueOf(taken)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Addresses of pages of ours on the page that is shown; files, sign-out and Camunda's applications are none, nor is a letter as it
     * was sent, in which no script runs, not even one that examines it.
     */
    List<String> links() {
        @SuppressWarnings("unchecked")
        List<String> links = (List<String>) browser()
                .executeScript("return [...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)");
        return links.stream()
                .filter(link -> link.startsWith(address("/")))
                .map(link -> URI.create(link.replaceAll("#.*", "")))
                .filter(link -> isPage(link.getPath()))
                .map(link -> link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery()))
                .distinct()
                .toList();
    }

    /** Whether an address of ours is that of a page. */
    static boolean isPage(String path) {
        return !path.matches(
                "/(camunda|api|engine-rest|actuator|v3|webjars|logout|confirm).*|.*\\.(csv|json|ics|pdf|zip|txt|jsonl)|.*/(export|files|feed).*|/outbox/[0-9]+/html");
    }

    /** Two releases, items or numbers make no other page; neither does what is filtered by. */
    static String shape(String path) {
        return path.replaceAll("\\?.*", "?")
                .replaceAll("\\?$", "")
                .replaceAll("/releases/(?!new$)[^/]+", "/releases/RELEASE")
                .replaceAll("/reports/[^/]+", "/reports/SYSTEM")
                .replaceAll("/[0-9a-f]{8}-[0-9a-f-]{27}", "/ID")
                .replaceAll("/models/[^/]+/[^/]+/\\d+", "/models/MODEL")
                .replaceAll("/\\d+", "/N");
    }
}
