package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.slipway.Capability;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ReleasePageTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PagesStory.Steps story;

    private String manager;
    private String owner;
    private String operator;
    private String stranger;

    @BeforeAll
    void begin() {
        story.models();
        story.system("shown", "Shown system");
        story.system("hidden", "Hidden system");
        manager = story.person("Mara Manager", "release-manager");
        owner = story.person("Olga Owner", "product-owner@shown");
        operator = story.person("Oskar Operator", "operations");
        stranger = story.person("Sten Stranger", "product-owner@hidden");
    }

    private Document page(Release release, String person) throws Exception {
        return page("/releases/" + release.key(), person);
    }

    private Document page(String address, String person) throws Exception {
        return Jsoup.parse(mvc.perform(get(address).with(user(person)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private ResultActions ask(Release release, String action, String reason, String person) throws Exception {
        return mvc.perform(post("/releases/" + release.key() + "/" + action)
                .param("reason", reason)
                .with(user(person))
                .with(csrf()));
    }

    private static List<String> actions(Document page) {
        return page.select("details.action summary").eachText();
    }

    @Test
    @Capability({"X7", "10.3"})
    void showsFactsAndWhatTheReleaseWaitsFor() throws Exception {
        Release release = story.release("shown", "Shows <i>facts</i>", manager);

        Document page = page(release, manager);

        assertThat(page.select("h1").text()).isEqualTo(release.key());
        assertThat(page.select(".release-head .lead").text()).isEqualTo("Shows <i>facts</i>");
        assertThat(page.select(".facts").text()).contains("Shown system", "Normal", "Mara Manager", "Not planned");
        assertThat(page.select("#now tbody tr").text()).contains("Decide page", "Prepare a page", "Product owner");
        assertThat(page.select("#diagram").attr("data-instance"))
                .isEqualTo(release.processInstanceId().orElseThrow());
        assertThat(page.select("script:not([src])")).isEmpty();
        assertThat(page.select("[style], [onclick]")).isEmpty();
    }

    @Test
    void leadsToTheTaskOnlyThoseWhoCanDoIt() throws Exception {
        Release release = story.release("shown", "Leads to the task", manager);
        String task = story.task(release).getId();

        Elements mine = page(release, owner).select("#now tbody a");
        assertThat(mine.attr("href")).startsWith("/camunda/app/tasklist/").endsWith("/#/?task=" + task);
        assertThat(page(release, operator).select("#now tbody a")).isEmpty();
    }

    @Test
    @Capability("8.4")
    void doesNotExistForOwnersOfOtherSystems() throws Exception {
        Release release = story.release("shown", "Not for strangers", manager);

        for (String address : List.of("", "/now", "/history", "/audit")) {
            mvc.perform(get("/releases/" + release.key() + address).with(user(stranger)))
                    .andExpect(status().isNotFound());
        }
        ask(release, "hold", "because", stranger).andExpect(status().isNotFound());
        assertThat(story.releases().get(release.id()).onHold()).isFalse();
    }

    @Test
    void offersActionsByRole() throws Exception {
        Release release = story.release("shown", "Offers actions", manager);

        assertThat(actions(page(release, manager)))
                .containsExactly("Put on hold …", "Content changed …", "Cancel release …");
        assertThat(actions(page(release, owner))).containsExactly("Content changed …");
        assertThat(actions(page(release, operator))).containsExactly("Put on hold …");
    }

    @Test
    @Capability({"10.3", "8.2"})
    void holdsAReleaseWithAReasonThatEverybodyReads() throws Exception {
        Release release = story.release("shown", "Is held", manager);

        ask(release, "hold", "The supplier <b>is late</b>.", manager)
                .andExpect(redirectedUrl("/releases/" + release.key()))
                .andExpect(flash().attributeExists("message"));

        assertThat(story.releases().get(release.id()).onHold()).isTrue();
        Document page = page(release, owner);
        assertThat(page.select(".note.warn").text()).contains("On hold.", "The supplier <b>is late</b>.");
        assertThat(page.select("#now tbody").text()).contains("Resume release");
        assertThat(actions(page(release, manager))).doesNotContain("Put on hold …");
        Elements entry = page.select("#audit tbody tr:contains(release.hold)");
        assertThat(entry.text()).contains("Mara Manager", "onHold true");
    }

    @Test
    @Capability("X5")
    void refusesWithASentenceAndChangesNothing() throws Exception {
        Release release = story.release("shown", "Refuses", manager);

        ask(release, "hold", " ", manager).andExpect(flash().attribute("refusal", containsString("reason")));
        ask(release, "rollback", "too early", manager)
                .andExpect(
                        flash().attribute("refusal", containsString("cannot be asked for while the release is Draft")));
        ask(release, "cancel", "not mine", operator)
                .andExpect(flash().attribute("refusal", containsString("This is for Release manager")));

        assertThat(story.releases().get(release.id()).onHold()).isFalse();
        assertThat(story.releases().get(release.id()).state()).isEqualTo(ReleaseState.DRAFT);
    }

    @Test
    void refusesAFormWithoutItsToken() throws Exception {
        Release release = story.release("shown", "Needs a token", manager);

        mvc.perform(post("/releases/" + release.key() + "/hold")
                        .param("reason", "because")
                        .with(user(manager)))
                .andExpect(status().isForbidden());
        assertThat(story.releases().get(release.id()).onHold()).isFalse();
    }

    @Test
    @Capability("10.4")
    void namesCauseAndRemedyOfAnIncident() throws Exception {
        Release release = story.release("shown", "Has an incident", manager);
        story.failing(true);
        story.complete(release, owner);
        story.failing(false);

        Elements incident = page(release, operator).select("#now tr.k-incident");

        assertThat(incident.select("th .badge").text()).isEqualTo("Incident");
        assertThat(incident.text())
                .contains("Write page", "Prepare a page", "Cause: The printer <b>has no paper</b>", "Remedy:");
        assertThat(incident.select("a").attr("href"))
                .startsWith("/camunda/app/cockpit/")
                .endsWith("/runtime");
        assertThat(page(release, owner).select("#now tr.k-incident a")).isEmpty();
        assertThat(page("/releases?text=" + release.key(), owner)
                        .select(".waits strong")
                        .text())
                .isEqualTo("Incident");
    }

    @Test
    void tellsWhichMomentAReleaseWaitsFor() throws Exception {
        Release release = story.release("shown", "Waits for a moment", manager);
        story.complete(release, owner);

        Elements timer = page(release, owner).select("#now tr.k-timer");

        assertThat(timer.select("th").text()).contains("Timer", "Ink dry");
        assertThat(timer.select("td time")).hasSize(2);
    }

    @Test
    @Capability({"10.4", "9.7"})
    void tellsWhoDidWhatThroughAllCalledProcessesAlsoAfterTheEnd() throws Exception {
        Release release = story.release("shown", "Runs to its end", manager);
        story.complete(release, owner);
        story.timers(release);
        story.complete(release, manager);
        story.timers(release);

        Document page = page(release, owner);

        List<String> steps = page.select("#history tbody tr").eachText();
        assertThat(steps.get(0)).contains("Release closed", "Run release", "Slipway");
        assertThat(steps)
                .anySatisfy(step -> assertThat(step).contains("Decide page", "Prepare a page", "Olga Owner"))
                .anySatisfy(step -> assertThat(step).contains("Decide page", "Mara Manager"))
                .anySatisfy(step -> assertThat(step).contains("Promote to environment", "Called process"));
        assertThat(page.select("#now").text()).contains("Slipway is working on the next step");
        assertThat(page.select("#diagram")).hasSize(1);
    }

    @Test
    void pagesThroughTheHistory() throws Exception {
        Release release = story.release("shown", "Is repeated", manager);
        for (int i = 0; i < 8; i++) {
            ask(release, "content-change", "again " + i, manager).andExpect(flash().attributeExists("message"));
            story.work(release);
        }

        Document first = page(release, owner);
        Document second = page("/releases/" + release.key() + "/history?page=1", owner);

        assertThat(first.select("#history tbody tr")).hasSize(15);
        assertThat(first.select("#history a[rel=next]").attr("href"))
                .isEqualTo("/releases/" + release.key() + "/history?page=1");
        assertThat(second.select("#history tbody tr")).isNotEmpty();
        assertThat(second.select("#history a[rel=prev]")).hasSize(1);
        assertThat(first.select("#history tbody").text()).contains("broken off");
        assertThat(page("/releases/" + release.key() + "/audit?page=0", owner).select("#audit tbody tr"))
                .isNotEmpty();
    }

    @Test
    void endsAReleaseThatIsCancelled() throws Exception {
        Release release = story.release("shown", "Is cancelled", manager);

        ask(release, "cancel", "no longer wanted", manager).andExpect(flash().attributeExists("message"));
        story.work(release);

        Document page = page(release, owner);
        assertThat(page.select(".release-head .badge").eachText()).containsExactly("Cancelled");
        assertThat(actions(page(release, manager))).isEmpty();
        assertThat(page.select("#now").text()).contains("this release has ended");
        assertThat(page.select("#now").hasAttr("hx-get")).isFalse();
        assertThat(page.select("#diagram").attr("data-ended")).isEqualTo("true");
    }

    @Test
    void requestsAReleaseAndShowsFaultsBesideTheirFields() throws Exception {
        mvc.perform(post("/releases")
                        .param("system", "shown")
                        .param("version", "two")
                        .param("title", "Typed \"title\"")
                        .param("urgency", "NORMAL")
                        .with(user(manager))
                        .with(csrf()))
                .andExpect(status().isBadRequest())
                .andExpect(result -> {
                    Document again = Jsoup.parse(result.getResponse().getContentAsString());
                    assertThat(again.select("#version-fault").text()).contains("'two' is no version by SemVer");
                    assertThat(again.select("#version").attr("aria-describedby"))
                            .contains("version-fault");
                    assertThat(again.select("#title").val()).isEqualTo("Typed \"title\"");
                    assertThat(again.select(".fault")).hasSize(1);
                });
        mvc.perform(post("/releases").with(user(manager)).with(csrf()))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("Please choose one of the managed systems.")));

        mvc.perform(post("/releases")
                        .param("system", "shown")
                        .param("version", "77.0.0")
                        .param("title", "Seventy-seven")
                        .param("urgency", "NORMAL")
                        .with(user(manager))
                        .with(csrf()))
                .andExpect(redirectedUrl("/releases/shown-77.0.0"));
        assertThat(story.releases().find("shown-77.0.0")).isPresent();
    }

    @Test
    @Capability("8.4")
    void refusesARequestByAnybodyElse() throws Exception {
        mvc.perform(get("/releases/new").with(user(owner))).andExpect(status().isForbidden());
        mvc.perform(post("/releases")
                        .param("system", "shown")
                        .param("version", "78.0.0")
                        .param("title", "Not allowed")
                        .param("urgency", "NORMAL")
                        .with(user(owner))
                        .with(csrf()))
                .andExpect(status().isForbidden())
                .andExpect(content().string(containsString("Not allowed")));
        assertThat(story.releases().find("shown-78.0.0")).isEmpty();
    }

    @Test
    void saysThatThereIsNothingWhereThereIsNothing() throws Exception {
        mvc.perform(get("/releases/none-1.0.0").with(user(manager)))
                .andExpect(status().isNotFound())
                .andExpect(content().string(containsString("Not found")))
                .andExpect(content().string(containsString("Mara Manager")));
    }
}
