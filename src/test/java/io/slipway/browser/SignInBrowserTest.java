package io.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.titleContains;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;

import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApplication
@SuppressWarnings("NullAway.Init")
class SignInBrowserTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private ProcessEngine engine;

    private String app(String name) {
        return "http://localhost:" + port + "/camunda/app/" + name + "/" + engine.getName() + "/";
    }

    @Test
    void oneSignInServesTasklistAndCockpitAndOneSignOutLeadsBackToOurPage() {
        crowd.id("browser.ops", "operations");
        ChromeDriver browser = CHROMIUM.driver();
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(60));

        browser.get(app("tasklist"));
        assertThat(browser.getCurrentUrl()).endsWith("/login");
        browser.findElement(By.id("username")).sendKeys("browser.ops");
        browser.findElement(By.id("password")).sendKeys(Crowd.PASSWORD);
        assertThat(CHROMIUM.complaints()).isEmpty();
        browser.findElement(By.cssSelector("button[type=submit]")).click();

        wait.until(titleContains("Slipway Tasks"));
        wait.until(presenceOfElementLocated(By.xpath("//*[contains(text(), \"My groups' tasks\")]")));
        wait.until(presenceOfElementLocated(By.xpath("//*[contains(text(), 'Validation and closing')]")));
        assertThat(browser.getPageSource()).contains("Test browser ops");
        assertThat(shown(browser, ".ce-eol-banner")).isEmpty();

        browser.get(app("cockpit"));
        wait.until(titleContains("Slipway Operations"));
        assertThat(shown(browser, ".ce-eol-banner")).isEmpty();

        browser.get(app("tasklist"));
        wait.until(elementToBeClickable(By.cssSelector(".account .dropdown-toggle")))
                .click();
        wait.until(elementToBeClickable(By.cssSelector(".logout a, li.logout a")))
                .click();
        wait.until(urlContains("/login?logout"));
        assertThat(browser.findElement(By.cssSelector(".sign-in [role=alert]")).getText())
                .isEqualTo("You are signed out.");

        browser.get(app("cockpit"));
        wait.until(urlContains("/login"));
    }

    private static List<WebElement> shown(ChromeDriver browser, String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .toList();
    }
}
