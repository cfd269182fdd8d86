package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.slipway.Capability;
import io.slipway.release.Release;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ReleaseApiTest {

    private static final String RELEASES = "/api/v1/releases";

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PagesStory.Steps story;

    private String manager;
    private String owner;
    private String stranger;

    @BeforeAll
    void begin() {
        story.models();
        story.system("called", "Called system");
        story.system("uncalled", "Other system");
        manager = story.person("Milan Manager", "release-manager");
        owner = story.person("Oona Owner", "product-owner@called");
        stranger = story.person("Sara Stranger", "developer@uncalled");
    }

    private ResultActions send(String address, String json, String person) throws Exception {
        return mvc.perform(post(address)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .with(user(person))
                .with(csrf()));
    }

    private ResultActions read(String address, String person) throws Exception {
        return mvc.perform(get(address).with(user(person)));
    }

    private static ResultActions problem(ResultActions answer, int code) throws Exception {
        return answer.andExpect(status().is(code))
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.status").value(code))
                .andExpect(jsonPath("$.title").isNotEmpty())
                .andExpect(jsonPath("$.detail").isNotEmpty());
    }

    @Test
    void requestsReadsAndListsReleases() throws Exception {
        send(
                        RELEASES,
                        "{\"system\":\"called\",\"version\":\"3.0.0\",\"title\":\"By program\",\"urgency\":\"NORMAL\"}",
                        manager)
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", RELEASES + "/called-3.0.0"))
                .andExpect(jsonPath("$.state").value("DRAFT"))
                .andExpect(jsonPath("$.requestedBy").value(manager));

        read(RELEASES + "/called-3.0.0", owner)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.title").value("By program"))
                .andExpect(jsonPath("$.phase").value("PREPARATION"))
                .andExpect(jsonPath("$.actions", hasSize(0)));
        read(RELEASES + "?system=called&text=program&size=5", owner)
                .andExpect(jsonPath("$.content[0].key").value("called-3.0.0"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.size").value(5));
    }

    @Test
    @Capability("X5")
    void namesTheFieldAtFault() throws Exception {
        problem(
                        send(
                                RELEASES,
                                "{\"system\":\"called\",\"version\":\"x\",\"title\":\"t\",\"urgency\":\"NORMAL\"}",
                                manager),
                        400)
                .andExpect(jsonPath("$.field").value("version"));
        problem(send(RELEASES, "{\"version\":\"1.0.0\",\"title\":\"t\",\"urgency\":\"NORMAL\"}", manager), 400)
                .andExpect(jsonPath("$.field").value("system"));
        problem(
                        send(
                                RELEASES,
                                "{\"system\":\"nowhere\",\"version\":\"1.0.0\",\"title\":\"t\",\"urgency\":\"NORMAL\"}",
                                manager),
                        400)
                .andExpect(jsonPath("$.field").value("system"));
        problem(
                        send(
                                RELEASES,
                                "{\"system\":\"called\",\"version\":\"1.0.0\",\"title\":\"t\",\"urgency\":\"SOON\"}",
                                manager),
                        400)
                .andExpect(jsonPath("$.field").value("urgency"));
        problem(send(RELEASES, "{\"system\":[1]}", manager), 400)
                .andExpect(jsonPath("$.field").value("system"));
        problem(read(RELEASES + "?size=1000", manager), 400)
                .andExpect(jsonPath("$.field").value("size"));
        problem(read(RELEASES + "?page=x", manager), 400)
                .andExpect(jsonPath("$.field").value("page"));
        problem(read(RELEASES + "?state=NOWHERE", manager), 400)
                .andExpect(jsonPath("$.field").value("state"));
    }

    @Test
    void answersWithProblemDetailsWhateverIsWrong() throws Exception {
        problem(send(RELEASES, "{not json", manager), 400);
        problem(send(RELEASES, "", manager), 400);
        problem(mvc.perform(put(RELEASES).with(user(manager)).with(csrf())), 405);
        problem(
                mvc.perform(post(RELEASES)
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("x")
                        .with(user(manager))
                        .with(csrf())),
                415);
        problem(read(RELEASES + "/none-1.0.0", manager), 404)
                .andExpect(jsonPath("$.detail").value(containsString("none-1.0.0")));
        problem(
                send(
                        RELEASES,
                        "{\"system\":\"called\",\"version\":\"9.0.0\",\"title\":\"t\",\"urgency\":\"NORMAL\"}",
                        owner),
                403);
    }

    @Test
    @Capability("8.4")
    void hidesReleasesOfOtherSystems() throws Exception {
        Release release = story.release("called", "Hidden from strangers", manager);
        String instance = release.processInstanceId().orElseThrow();

        problem(read(RELEASES + "/" + release.key(), stranger), 404);
        problem(read(RELEASES + "/" + release.key() + "/history", stranger), 404);
        problem(read(RELEASES + "/" + release.key() + "/processes/" + instance, stranger), 404);
        problem(read(RELEASES + "/" + release.key() + "/processes/" + instance + "/drawing", stranger), 404);
        problem(send(RELEASES + "/" + release.key() + "/hold", "{\"reason\":\"r\"}", stranger), 404);
        read(RELEASES, stranger).andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void asksForActionsAsThePagesDo() throws Exception {
        Release release = story.release("called", "Is steered", manager);
        String address = RELEASES + "/" + release.key();

        problem(send(address + "/hold", "{}", manager), 400)
                .andExpect(jsonPath("$.field").value("reason"));
        problem(send(address + "/hold", "{\"reason\":\"r\"}", owner), 403);
        problem(send(address + "/rollback", "{\"reason\":\"r\"}", manager), 400);
        problem(send(address + "/explode", "{\"reason\":\"r\"}", manager), 404);
        send(address + "/hold", "{\"reason\":\"waits for the supplier\"}", manager)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.onHold").value(true))
                .andExpect(jsonPath("$.holdReason").value("waits for the supplier"))
                .andExpect(jsonPath("$.waitsFor[*].what", hasItems("Decide page", "Resume release")));
    }

    @Test
    @Capability({"10.4", "5.5"})
    void showsTokensOfEveryLevelWhileAReleaseRuns() throws Exception {
        Release release = story.release("called", "Shows tokens", manager);
        String root = release.processInstanceId().orElseThrow();
        String processes = RELEASES + "/" + release.key() + "/processes/";

        String spine = read(processes + root, owner)
                .andExpect(jsonPath("$.name").value("Run release"))
                .andExpect(jsonPath("$.ended").value(false))
                .andExpect(jsonPath("$.tokens[*].element", hasItem("callActivity_scopeRelease")))
                .andExpect(jsonPath("$.tokens", hasSize(1)))
                .andExpect(jsonPath("$.done", hasItem("startEvent_releaseRequested")))
                .andExpect(jsonPath("$.called[0].element").value("callActivity_scopeRelease"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String called = JsonPath.read(spine, "$.called[0].instance");
        read(processes + called, owner)
                .andExpect(jsonPath("$.name").value("Prepare a page"))
                .andExpect(jsonPath("$.path[*].name", hasItems("Run release", "Prepare a page")))
                .andExpect(jsonPath("$.tokens[0].element").value("userTask_decidePage"))
                .andExpect(jsonPath("$.tokens[0].count").value(1));
        read(processes + called + "/drawing", owner)
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Disposition", containsString("attachment")))
                .andExpect(content().string(containsString("userTask_decidePage")));

        Release other = story.release("called", "Another", manager);
        problem(read(processes + other.processInstanceId().orElseThrow(), owner), 404);
    }

    @Test
    void marksIncidentsThroughTheLevelsWithTheirCause() throws Exception {
        Release release = story.release("called", "Fails below", manager);
        story.failing(true);
        story.complete(release, owner);
        story.failing(false);

        read(
                        RELEASES + "/" + release.key() + "/processes/"
                                + release.processInstanceId().orElseThrow(),
                        owner)
                .andExpect(jsonPath("$.incidents[0].element").value("callActivity_scopeRelease"))
                .andExpect(jsonPath("$.incidents[0].message").value(containsString("has no paper")));
        read(RELEASES + "/" + release.key(), owner)
                .andExpect(jsonPath("$.waitsFor[0].kind").value("INCIDENT"))
                .andExpect(jsonPath("$.waitsFor[0].message").value(containsString("has no paper")))
                .andExpect(jsonPath("$.waitsFor[0].what").value("Write page"));
    }

    @Test
    void tellsTheHistoryInOrderAndShowsTheDrawingAfterTheEnd() throws Exception {
        Release release = story.release("called", "Ends", manager);
        story.complete(release, owner);
        story.timers(release);
        story.complete(release, owner);
        story.timers(release);
        String address = RELEASES + "/" + release.key();

        String history = read(address + "/history?size=100", owner)
                .andExpect(jsonPath("$.total", greaterThan(8)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(JsonPath.<java.util.List<String>>read(history, "$.content[*].start"))
                .isSorted();
        assertThat(JsonPath.<java.util.List<String>>read(
                        history, "$.content[?(@.element == 'userTask_decidePage')].who"))
                .containsExactly("Oona Owner", "Oona Owner");
        problem(read(address + "/history?order=up", owner), 400)
                .andExpect(jsonPath("$.field").value("order"));
        read(address + "/processes/" + release.processInstanceId().orElseThrow(), owner)
                .andExpect(jsonPath("$.ended").value(true))
                .andExpect(jsonPath("$.tokens", hasSize(0)))
                .andExpect(jsonPath("$.called", hasSize(2)))
                .andExpect(jsonPath("$.done", hasItems("callActivity_promoteToEnvironment", "endEvent_releaseClosed")));
        read(address + "/processes/" + release.processInstanceId().orElseThrow() + "/drawing", owner)
                .andExpect(status().isOk());
    }
}
