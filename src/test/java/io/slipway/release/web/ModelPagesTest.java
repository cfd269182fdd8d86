package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.slipway.Capability;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersion;
import io.slipway.platform.process.ModelVersions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ModelPagesTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PagesStory.Steps story;

    @Autowired
    private ModelVersions versions;

    @Autowired
    private JdbcTemplate jdbc;

    private String author;
    private String colleague;
    private String auditor;
    private String manager;

    @BeforeAll
    void begin() {
        story.models();
        author = story.person("Paula Proposes", "process-owner");
        colleague = story.person("Piet Decides", "process-owner");
        auditor = story.person("Anna Audits", "auditor");
        manager = story.person("Mo Manages", "release-manager");
    }

    /** Proposes the model with one text in it replaced; other tests go on with what is accepted, so labels stay. */
    private int propose(String text, String replacement) {
        story.propose(
                author,
                "pages-phase.bpmn",
                PagesStory.Steps.text("pages-phase.bpmn").replace(text, replacement));
        return versions.proposals(0, 100).stream()
                .filter(version -> version.key().equals("pages-phase"))
                .mapToInt(ModelVersion::version)
                .max()
                .orElseThrow();
    }

    private Document page(String address, String person) throws Exception {
        return Jsoup.parse(mvc.perform(get(address).with(user(person)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    @Test
    @Capability("9.2")
    void showsAProposalBesideTheVersionInUse() throws Exception {
        int version = propose("name=\"Decide page\"", "name=\"Decide &lt;b&gt; page\"");

        assertThat(page("/models", colleague)
                        .select("tbody tr:has(a[href=/models/process/pages-phase/" + version + "])")
                        .text())
                .contains("Process", "Paula Proposes");
        Document comparison = page("/models/process/pages-phase/" + version, colleague);
        assertThat(comparison.select(".parts .changed").text())
                .isEqualTo("Decide <b> page userTask userTask_decidePage");
        assertThat(comparison.select(".difference .l-removed").text()).contains("name=\"Decide page\"");
        assertThat(comparison.select(".diagram[data-drawing]")).hasSize(2);
        mvc.perform(get("/models/process/pages-phase/" + version + "/accepted").with(user(colleague)))
                .andExpect(content().string(containsString("name=\"Decide page\"")));
        versions.decide(ModelKind.PROCESS, "pages-phase", version, false, colleague);
    }

    @Test
    @Capability({"9.2", "8.2"})
    void isAcceptedByAnotherProcessOwnerAndRecorded() throws Exception {
        int version = propose("Decide what the page says.", "Decide what the page says, twice.");
        String address = "/models/process/pages-phase/" + version;

        assertThat(page(address, author).select("button[name=accept]")).isEmpty();
        mvc.perform(post(address).param("accept", "true").with(user(author)).with(csrf()))
                .andExpect(flash().attribute("refusal", containsString("another person")));
        mvc.perform(post(address).param("accept", "true").with(user(auditor)).with(csrf()))
                .andExpect(flash().attribute("refusal", containsString("Process owner")));
        assertThat(state(version)).isEqualTo(ModelVersion.State.PROPOSED);

        assertThat(page(address, colleague).select("button[name=accept]")).hasSize(2);
        mvc.perform(post(address).param("accept", "true").with(user(colleague)).with(csrf()))
                .andExpect(flash().attribute("message", containsString("is accepted")));

        assertThat(state(version)).isEqualTo(ModelVersion.State.ACCEPTED);
        assertThat(jdbc.queryForList(
                        "select actor from audit_entry where action = 'models.accept' and release_id is null and facts_after like ?",
                        String.class,
                        "%\"version\":" + version + "}%"))
                .containsExactly(colleague);
        mvc.perform(post(address).param("accept", "false").with(user(colleague)).with(csrf()))
                .andExpect(flash().attribute("refusal", containsString("does not wait for a decision")));
    }

    private ModelVersion.State state(int version) {
        return versions.find(ModelKind.PROCESS, "pages-phase", version)
                .orElseThrow()
                .state();
    }

    @Test
    void isForProcessOwnersAndAuditors() throws Exception {
        mvc.perform(get("/models").with(user(manager))).andExpect(status().isForbidden());
        assertThat(page("/models", auditor).select("h1").text()).isEqualTo("Models");
        mvc.perform(get("/models/process/none/1").with(user(auditor))).andExpect(status().isNotFound());
        mvc.perform(get("/models/poem/none/1").with(user(auditor))).andExpect(status().isNotFound());
    }
}
