package io.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;

import io.slipway.demo.SamplePeople;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What people do in the browser: sign in, hand in files on our page, take and complete tasks in Tasklist. */
public final class People {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration UNHURRIED = Duration.ofSeconds(1);

    private final ChromeDriver browser;
    private final WebDriverWait wait;
    private final String address;
    private final String engine;

    /** In this browser, of the application at this address. */
    public People(ChromeDriver browser, String address, String engine) {
        this.browser = browser;
        this.wait = new WebDriverWait(browser, PATIENCE);
        this.address = address;
        this.engine = engine;
    }

    /** Signs in as another sample person than before. */
    public People signIn(String login) {
        browser.get(address + "/login");
        browser.manage().deleteAllCookies();
        browser.get(address + "/login");
        browser.findElement(By.id("username")).sendKeys(login);
        browser.findElement(By.id("password")).sendKeys(SamplePeople.PASSWORD);
        browser.findElement(By.cssSelector("form button[type=submit]")).click();
        wait.until(urlContains("/releases"));
        return this;
    }

    /** Asks for a release on the page for it; ends on its page. */
    void request(String system, String version, String title) {
        browser.get(address + "/releases/new");
        new Select(browser.findElement(By.name("system"))).selectByValue(system);
        browser.findElement(By.name("version")).sendKeys(version);
        browser.findElement(By.name("title")).sendKeys(title);
        browser.findElement(By.cssSelector("main form button[type=submit]")).click();
        wait.until(urlContains("/releases/" + system + "-" + version));
    }

    /** Hands a file in through the form of a panel of the release's page. */
    void handIn(String release, String panel, Path file) {
        browser.get(address + "/releases/" + release);
        WebElement form =
                wait.until(presenceOfElementLocated(By.cssSelector("#" + panel + " form:has(input[type=file])")));
        form.findElement(By.cssSelector("input[type=file]"))
                .sendKeys(file.toAbsolutePath().toString());
        form.findElement(By.cssSelector("button[type=submit]")).click();
        wait.until(presenceOfElementLocated(By.cssSelector("[role=status]")));
    }

    /** Opens a task as a link in a mail would, and claims it. */
    People take(String task) {
        show(task);
        wait.until(elementToBeClickable(By.cssSelector("button.claim"))).click();
        return held();
    }

    /** Opens a task again that the person holds. */
    public People reopen(String task) {
        show(task);
        return held();
    }

    private void show(String task) {
        browser.get("about:blank");
        browser.get(address + "/camunda/app/tasklist/" + engine + "/#/?task=" + task);
    }

    private People held() {
        wait.until(presenceOfElementLocated(By.cssSelector("button.unclaim")));
        wait.until(elementToBeClickable(By.cssSelector("button[ng-click='complete()']")));
        wait.ignoring(NoSuchElementException.class).until(driver -> settled());
        return this;
    }

    /** Tasklist draws a form again when the task was claimed, and forgets what was entered before; people are slower than that. */
    private boolean settled() {
        WebElement form = browser.findElement(By.cssSelector(".fjs-container"));
        Instant seen = Instant.now();
        while (Duration.between(seen, Instant.now()).compareTo(UNHURRIED) < 0) {
            if (!form.equals(browser.findElement(By.cssSelector(".fjs-container")))) {
                return false;
            }
        }
        return true;
    }

    /** Ticks the choice with these words. */
    People choose(String words) {
        WebElement label = wait.until(presenceOfElementLocated(
                By.xpath("//div[contains(@class,'fjs-container')]//label[.//input and contains(normalize-space(.), \""
                        + words + "\")]")));
        WebElement box = label.findElement(By.tagName("input"));
        if (!box.isSelected()) {
            click(box);
        }
        return this;
    }

    /** Picks an option of a list. */
    People pick(String label, String option) {
        click(wait.until(presenceOfElementLocated(By.xpath("//label[contains(normalize-space(.), \"" + label
                + "\")]/following-sibling::*[contains(@class,'fjs-input-group')]"))));
        click(wait.until(elementToBeClickable(
                By.xpath("//*[contains(@class,'fjs-dropdownlist-item') and contains(normalize-space(.), \"" + option
                        + "\")]"))));
        return this;
    }

    /** Types into the field with this label. */
    People type(String label, String text) {
        WebElement named = wait.until(presenceOfElementLocated(By.xpath(
                "//div[contains(@class,'fjs-container')]//label[contains(normalize-space(.), \"" + label + "\")]")));
        WebElement field = browser.findElement(By.id(String.valueOf(named.getDomAttribute("for"))));
        field.clear();
        field.sendKeys(text);
        field.sendKeys(Keys.TAB);
        return this;
    }

    /** Completes the open task and waits until it is. */
    void complete(BooleanSupplier done) {
        WebElement button = wait.until(elementToBeClickable(By.cssSelector("button[ng-click='complete()']")));
        click(button);
        wait.until(driver -> done.getAsBoolean() || !refusals().isEmpty());
        assertThat(refusals()).isEmpty();
    }

    /** Completes the open task and expects a refusal; says its sentence. */
    String completeInVain() {
        click(wait.until(elementToBeClickable(By.cssSelector("button[ng-click='complete()']"))));
        wait.until(driver -> !refusals().isEmpty());
        return String.join(" ", refusals());
    }

    private List<String> refusals() {
        return browser.findElements(By.cssSelector(".page-notifications .alert-danger .message")).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Confirms a decision on our own page with the password. */
    void confirm(String task, String decision) {
        browser.get(address + "/confirm/" + task);
        click(wait.until(presenceOfElementLocated(By.cssSelector("input[name=decision][value=" + decision + "]"))));
        browser.findElement(By.id("password")).sendKeys(SamplePeople.PASSWORD);
        browser.findElement(By.cssSelector("main form button[type=submit]")).click();
        wait.until(presenceOfElementLocated(By.cssSelector("[role=status]")));
    }

    /** Opens the page of a release, or one below it, and waits until its diagram is drawn, where it has one. */
    People visit(String release, String page) {
        browser.get(address + "/releases/" + release + page);
        if (!browser.findElements(By.id("diagram")).isEmpty()) {
            wait.until(presenceOfElementLocated(By.cssSelector("#diagram svg .djs-shape")));
        }
        return this;
    }

    /** Makes the diagram of a page as small as it has to be to be seen whole. */
    People fitDiagram() {
        click(browser.findElement(By.cssSelector(".tools [data-zoom=fit]")));
        return this;
    }

    /** Opens the page on which a decision is confirmed. */
    People readToConfirm(String task) {
        browser.get(address + "/confirm/" + task);
        wait.until(presenceOfElementLocated(By.id("password")));
        return this;
    }

    /** Keeps what the browser shows under this name in {@code target/pictures}; those of the README lie in {@code src/docs/pictures}. */
    People picture(String name) {
        keep(name, browser.getScreenshotAs(OutputType.BYTES));
        return this;
    }

    /** The same of one element, scrolled into view. */
    People picture(String name, String selector) {
        WebElement element = wait.until(presenceOfElementLocated(By.cssSelector(selector)));
        ((JavascriptExecutor) browser).executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        keep(name, element.getScreenshotAs(OutputType.BYTES));
        return this;
    }

    private static void keep(String name, byte[] picture) {
        try {
            Files.write(Files.createDirectories(Path.of("target/pictures")).resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the browser is. */
    public ChromeDriver browser() {
        return browser;
    }

    /** Waits as people do. */
    public WebDriverWait patience() {
        return wait;
    }

    private void click(WebElement element) {
        ((JavascriptExecutor) browser).executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }
}
