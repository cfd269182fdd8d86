package io.slipway.browser;

import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** What operations do in Cockpit. */
final class CockpitPages {

    private final People people;
    private final String address;

    CockpitPages(People people, String address, String engine) {
        this.people = people;
        this.address = address + "/camunda/app/cockpit/" + engine + "/#";
    }

    /** Looks for the instance of a process with this business key, as a shared link to a search does, and opens it. */
    void find(String process, String businessKey) {
        people.browser().get("about:blank");
        people.browser().get(address + "/processes");
        click(By.linkText(process));
        people.patience().until(urlContains("/process-definition/"));
        String definition = people.browser().getCurrentUrl().replaceFirst("/runtime.*", "/runtime");
        String query =
                "[{\"type\":\"businessKey\",\"operator\":\"eq\",\"value\":\"" + businessKey + "\",\"name\":\"\"}]";
        people.browser().get("about:blank");
        people.browser().get(definition + "?searchQuery=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        people.patience()
                .until(visibilityOfElementLocated(
                        By.xpath("//table[contains(@class,'cam-table')]//tr[contains(., '" + businessKey + "')]")));
        click(By.cssSelector("table.cam-table tbody a"));
        people.patience().until(urlContains("/process-instance/"));
    }

    /** Names of the processes that the open instance called and that still run. */
    List<String> called() {
        tab("Called Process Instances");
        people.patience().until(visibilityOfElementLocated(By.cssSelector("table.cam-table tbody tr")));
        return people.browser().findElements(By.cssSelector("table.cam-table tbody tr")).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** What the incident of the open instance says. */
    String incident() {
        tab("Incidents");
        return people.patience()
                .until(visibilityOfElementLocated(By.cssSelector("table.incidents-tab td.message")))
                .getText();
    }

    /** Opens the instance in which the incident of the open one has its cause. */
    void goToTheCause() {
        String before = people.browser().getCurrentUrl();
        click(By.cssSelector("table.incidents-tab td.cause-root a"));
        people.patience().until(driver -> !before.equals(driver.getCurrentUrl()));
        tab("Incidents");
    }

    /** Gives the failed step of the open instance another try. */
    void retry() {
        click(By.cssSelector("table.incidents-tab [ng-click='openJobRetryDialog(incident)']"));
        click(By.cssSelector(".modal-footer [ng-click='incrementRetry()']"));
        people.patience()
                .until(visibilityOfElementLocated(By.xpath("//*[contains(text(), 'incremented successfully')]")));
    }

    private void tab(String name) {
        click(By.linkText(name));
    }

    private WebElement click(By what) {
        // Cockpit draws a part again when its data has come.
        return people.patience()
                .ignoring(StaleElementReferenceException.class, ElementClickInterceptedException.class)
                .until(driver -> {
                    WebElement element = elementToBeClickable(what).apply(driver);
                    if (element != null) {
                        element.click();
                    }
                    return element;
                });
    }
}
