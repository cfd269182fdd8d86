package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.numberOfElementsToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;

import io.slipway.Capability;
import io.slipway.browser.Chromium;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.Release;
import io.slipway.testing.RunningApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The pages in a browser: on a desk and on a phone, in light and in dark, by mouse and by keyboard, and without one complaint. */
@RunningApplication
@Import(PagesStory.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Capability("X7")
@SuppressWarnings("NullAway.Init")
class PagesBrowserTest {

    private static final Path PICTURES = Path.of("target", "pictures");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private PagesStory.Steps story;

    @Autowired
    private ModelVersions versions;

    private Release waiting;
    private Release broken;
    private Release ended;
    private int proposed;

    @BeforeAll
    void begin() {
        story.models();
        story.system("seen", "Seen system");
        String manager = story.person("Berta Browses", "release-manager", "process-owner");
        String author = story.person("Bruno Draws", "process-owner");
        waiting = story.release("seen", "Waits for a decision about quantity discounts in every shop", manager);
        broken = story.release("seen", "Met an obstacle", manager);
        story.failing(true);
        story.complete(broken, manager);
        story.failing(false);
        ended = story.release("seen", "Came to its end", manager);
        story.complete(ended, manager);
        story.timers(ended);
        story.complete(ended, manager);
        story.timers(ended);
        story.propose(
                author,
                "pages-phase.bpmn",
                PagesStory.Steps.text("pages-phase.bpmn").replace("name=\"Write page\"", "name=\"Print page\""));
        proposed = versions.proposals(0, 1).get(0).version();
    }

    @AfterEach
    void forget() {
        // The page left behind would go on asking for news, without its session.
        CHROMIUM.driver().get("about:blank");
        CHROMIUM.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    private ChromeDriver signedIn(int width, String scheme) {
        ChromeDriver browser = CHROMIUM.driver();
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
        browser.get(address("/login"));
        browser.findElement(By.id("username")).sendKeys("berta.browses");
        browser.findElement(By.id("password")).sendKeys(PagesStory.PASSWORD, Keys.ENTER);
        await().until(urlContains("/releases"));
        return browser;
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }

    private static WebDriverWait await() {
        return new WebDriverWait(CHROMIUM.driver(), Duration.ofSeconds(60));
    }

    private static void drawn(int diagrams) {
        await().until(numberOfElementsToBe(By.cssSelector(".diagram[data-drawn]"), diagrams));
    }

    /** Nothing is wider than the screen, nothing was refused by the browser, and the letters stand out from what is behind them. */
    private static void finished(ChromeDriver browser, String name) throws IOException {
        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth - window.innerWidth"))
                .as("what is wider than the screen on " + name)
                .isLessThanOrEqualTo(0L);
        assertThat(CHROMIUM.complaints()).isEmpty();
        assertThat((List<?>) browser.executeScript(CONTRAST))
                .as("texts that hardly stand out on " + name)
                .isEmpty();
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    /** Texts with less contrast than WCAG 2 asks for, 4.5 to 1, against the nearest opaque ground behind them. */
    private static final String CONTRAST = """
            const light = rgb => { const part = rgb.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
              return .2126 * part[0] + .7152 * part[1] + .0722 * part[2]; };
            const parts = colour => colour.match(/[\\d.]+/g).map(Number);
            const weak = [];
            for (const element of document.querySelectorAll('main *, .bar *, .foot *')) {
              const texts = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
              if (!texts || !element.checkVisibility() || element.closest('.diagram, option, .sr')) continue;
              let ground = element;
              while (ground.parentElement && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 1) ground = ground.parentElement;
              const front = light(parts(getComputedStyle(element).color)), back = light(parts(getComputedStyle(ground).backgroundColor));
              const contrast = (Math.max(front, back) + .05) / (Math.min(front, back) + .05);
              if (contrast < 4.5) weak.push(element.tagName + ' ' + element.textContent.trim() + ' ' + contrast.toFixed(2));
            }
            return weak;
            """;

    @ParameterizedTest
    @CsvSource({"1440,light", "1440,dark", "390,light", "390,dark"})
    void everyPageIsFinished(int width, String scheme) throws IOException {
        ChromeDriver browser = signedIn(width, scheme);
        String suffix = "-" + width + "-" + scheme;

        finished(browser, "releases" + suffix);
        browser.get(address("/releases?text=nothing"));
        finished(browser, "releases-empty" + suffix);
        browser.get(address("/releases/new"));
        finished(browser, "new" + suffix);
        for (Release release : List.of(waiting, broken, ended)) {
            browser.get(address("/releases/" + release.key()));
            drawn(1);
            finished(browser, "release-" + release.title().split(" ", 2)[0] + suffix);
        }
        browser.get(address("/models"));
        finished(browser, "models" + suffix);
        browser.get(address("/models/process/pages-phase/" + proposed));
        drawn(2);
        finished(browser, "model" + suffix);
    }

    @Test
    @Capability({"10.4", "5.5"})
    void leadsFromTheSpineIntoCalledProcessesAndBack() {
        ChromeDriver browser = signedIn(1440, "light");
        browser.get(address("/releases/" + broken.key()));
        drawn(1);

        assertThat(browser.findElement(By.id("diagram-words")).getText())
                .contains("Here now: Scope release.", "Incident at Scope release", "has no paper");
        assertThat(browser.findElements(By.cssSelector(".diagram .token"))).hasSize(1);
        assertThat(browser.findElement(By.cssSelector(".diagram .mark")).getDomProperty("title"))
                .contains("The printer <b>has no paper</b>");
        browser.findElement(By.cssSelector("[data-element-id=callActivity_scopeRelease]"))
                .click();

        await().until(textToBe(By.id("levels"), "Run release\nPrepare a page"));
        assertThat(browser.findElement(By.id("diagram-words")).getText()).contains("Incident at Write page");
        assertThat(browser.findElements(By.cssSelector("[data-element-id=userTask_decidePage].is-done")))
                .hasSize(1);
        browser.findElement(By.cssSelector("#levels button")).click();
        await().until(textToBe(By.id("levels"), "Run release"));
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    @Test
    void showsWhatWasPassedAfterTheEnd() {
        ChromeDriver browser = signedIn(1440, "light");
        browser.get(address("/releases/" + ended.key()));
        drawn(1);

        assertThat(browser.findElement(By.id("diagram-words")).getText()).contains("It has ended.");
        assertThat(browser.findElements(By.cssSelector(".diagram .token"))).isEmpty();
        assertThat(browser.findElements(By.cssSelector("[data-element-id=callActivity_scopeRelease].is-done")))
                .hasSize(1);
        assertThat(browser.findElements(By.cssSelector("#calls button"))).hasSize(2);
    }

    @Test
    void findsWhileOneTypesAndKeepsTheAddress() {
        ChromeDriver browser = signedIn(1440, "light");
        assertThat(browser.findElements(By.cssSelector("#list tbody tr"))).hasSize(3);

        browser.findElement(By.id("text")).sendKeys("obstacle");

        await().until(numberOfElementsToBe(By.cssSelector("#list tbody tr"), 1));
        assertThat(browser.findElement(By.cssSelector("#list a.key")).getText()).isEqualTo(broken.key());
        await().until(urlContains("text=obstacle"));
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    @Test
    void writesTimesInTheZoneOfTheBrowserFromTheFirstPageOn() {
        ChromeDriver browser = signedIn(1440, "light");

        assertThat(browser.findElement(By.className("zone")).getText()).isEqualTo("Asia/Tokyo");
        browser.get(address("/releases/" + waiting.key()));
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("data-zone"))
                .isEqualTo("Asia/Tokyo");
    }

    @Test
    @Capability("10.3")
    void isHeldByKeyboardAlone() {
        ChromeDriver browser = signedIn(1440, "light");
        String key =
                story.release("seen", "Held by keyboard", waiting.requestedBy()).key();
        browser.get(address("/releases/" + key));

        WebElement summary = browser.findElement(By.cssSelector("details.action summary"));
        summary.sendKeys(Keys.ENTER);
        WebElement reason = await().until(elementToBeClickable(By.id("reason-hold")));
        await().until(driver -> driver.switchTo().activeElement().equals(reason));
        browser.switchTo().activeElement().sendKeys("We wait for the supplier.", Keys.TAB);
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);

        await().until(driver ->
                !driver.findElements(By.cssSelector(".note.good")).isEmpty());
        assertThat(browser.findElement(By.cssSelector(".note.warn")).getText())
                .contains("On hold.", "We wait for the supplier.");
        story.access().as(waiting.requestedBy(), () -> {
            story.releases()
                    .requestCancel(
                            story.releases().find(key).orElseThrow().id(), waiting.requestedBy(), "The test is over.");
            return true;
        });
    }

    @Test
    void skipsToTheContentWithTheFirstTab() {
        ChromeDriver browser = signedIn(1440, "light");

        browser.findElement(By.tagName("body")).sendKeys(Keys.TAB);
        assertThat(browser.switchTo().activeElement().getText()).isEqualTo("Skip to content");
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("main");
    }
}
