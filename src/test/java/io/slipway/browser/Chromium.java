package io.slipway.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** Starts the installed Chromium once for a test class; where none is installed, its tests are skipped unless everything is required. */
public final class Chromium implements AfterAllCallback, TestExecutionExceptionHandler {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private @Nullable ChromeDriver driver;

    /** The browser. */
    public ChromeDriver driver() {
        if (driver == null) {
            boolean installed = BROWSER.exists() && DRIVER.exists();
            if (!installed && "true".equals(System.getenv("REQUIRE_ALL"))) {
                throw new AssertionError("Chromium and its driver are required, and they are not installed");
            }
            assumeTrue(installed, "Chromium is not installed");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(BROWSER);
            options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
            options.setCapability("goog:loggingPrefs", java.util.Map.of(LogType.BROWSER, "ALL"));
            driver = new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(DRIVER)
                            .build(),
                    options);
            driver.manage().window().setSize(new Dimension(1400, 1000));
        }
        return driver;
    }

    /** What the browser complained about since it was asked last. */
    public List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(Object::toString)
                .toList();
    }

    /** Keeps a picture of what the browser showed when a test failed, and tells what it complained about. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (driver != null) {
            Path pictures = Files.createDirectories(Path.of("target/pictures"));
            Files.write(
                    pictures.resolve("failed-" + context.getRequiredTestMethod().getName() + ".png"),
                    driver.getScreenshotAs(OutputType.BYTES));
            failure.addSuppressed(
                    new AssertionError("At " + driver.getCurrentUrl() + " the browser complained: " + complaints()));
        }
        throw failure;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }
}
