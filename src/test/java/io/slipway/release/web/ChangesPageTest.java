package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.slipway.Capability;
import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.ChangeRegister;
import io.slipway.integration.changes.NewChange;
import io.slipway.release.Release;
import io.slipway.testing.CountedStatements;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The register of changes as people see it and take it away. */
@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class ChangesPageTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PagesStory.Steps story;

    @Autowired
    private ChangeRegister register;

    private String manager;
    private String auditor;
    private String developer;

    @BeforeAll
    void begin() {
        story.models();
        story.system("changing", "Changing system");
        manager = story.person("Clara Change", "release-manager");
        auditor = story.person("Arno Audit", "auditor");
        developer = story.person("Dirk Develop", "developer@changing");
    }

    private Change opened(String release, String system, String title) {
        return register.create(
                new NewChange(release, system, title, Change.Kind.NORMAL, manager), "page/" + UUID.randomUUID());
    }

    private String body(String address) throws Exception {
        return mvc.perform(get(address).with(user(auditor)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void showsAPageOfManyChangesInFiveStatementsOfOurs() throws Exception {
        Release release = story.release("changing", "Known to the house", manager);
        for (int i = 0; i < 60; i++) {
            opened("bulk-1." + i + ".0", "bulk-changes", "Bulk " + i);
        }
        Change known = opened(release.key(), "bulk-changes", "Known");
        body("/changes?system=bulk-changes");

        List<String> statements = CountedStatements.during(() -> {
            Document page = Jsoup.parse(body("/changes?system=bulk-changes"));
            assertThat(page.select("tbody tr")).hasSize(25);
            assertThat(page.select("tbody code").first()).hasToString("<code>" + known.number() + "</code>");
            assertThat(page.select("tbody tr a").eachAttr("href")).containsExactly("/releases/" + release.key());
            assertThat(page.select(".paging .count").text()).isEqualTo("1–25 of 61");
        });

        assertThat(statements.stream().filter(CountedStatements::ofThePage)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void filtersByStateAndOutcomeAndSaysWhenNothingFits() throws Exception {
        Change open = opened("filtered-1.0.0", "filtered", "Runs");
        Change ended = opened("filtered-1.1.0", "filtered", "Ended");
        register.close(ended.number(), Change.Outcome.ROLLED_BACK, "");

        assertThat(body("/changes?system=filtered&outcome=ROLLED_BACK"))
                .contains(ended.number(), "Rolled back")
                .doesNotContain(open.number());
        assertThat(body("/changes?system=filtered&state=NEW"))
                .contains(open.number())
                .doesNotContain(ended.number());
        assertThat(body("/changes?system=filtered&to=2020-01-01")).contains("No change matches");
        for (String wrong : List.of("state=OPEN", "outcome=FINE", "from=yesterday", "from=2026-02-02&to=2026-02-01")) {
            mvc.perform(get("/api/v1/changes?" + wrong).with(user(auditor))).andExpect(status().isBadRequest());
        }
        mvc.perform(get("/changes").with(user(developer))).andExpect(status().isForbidden());
    }

    @Test
    void takesTheListAwayWithoutFormulasAndLeavesAnEntryOfIt() throws Exception {
        Change change = opened("taken-1.0.0", "taken", "=HYPERLINK(\"http://evil\",\"x\")");

        String file = body("/changes/export?system=taken");

        assertThat(file.lines())
                .hasSize(2)
                .first()
                .isEqualTo("number,release,system,title,kind,class,state,outcome,note,opened_at,closed_at");
        assertThat(file)
                .contains(change.number()
                        + ",taken-1.0.0,taken,\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",NORMAL,,NEW,");
        assertThat(body("/api/v1/audit?action=change.export")).contains("\"system\":\"taken\"");
    }
}
