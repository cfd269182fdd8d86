package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Items are handed in on the page and by programs, and everybody reads what was taken and what was not. */
@RunningApplication
@Capability("1.1")
@SuppressWarnings("NullAway.Init")
class ScopeOverHttpTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String SYSTEM = "scoped";
    private static final String HEADER = "key,title,kind,value,effort,risk,breaking,data_migration,depends_on\n";
    private static final String GOOD = HEADER
            + "SHOP-101,Rules for prices,technical-debt,0,2,1,false,false,\n"
            + "SHOP-102,\"=HYPERLINK(\"\"http://example.org\"\") <b>bold</b>\",feature,70,3,2,false,false,SHOP-101\n";
    private static final String BAD =
            HEADER + "SHOP-101,,wish,0,2,1,false,false,\nSHOP-102,Fine,feature,70,3,9,false,false,\n";

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private EngineAccess access;

    @Autowired
    private ManagementService management;

    private final ObjectMapper json = new ObjectMapper();

    private Release release;

    @BeforeEach
    void aReleaseAsksForItsItems() {
        landscape.add(SYSTEM, "Scoped", false);
        landscape.addEnvironment(SYSTEM, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment(SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 2, 2);
        String rita = crowd.id("scope.rita", "release-manager");
        crowd.id("scope.olga", "product-owner@" + SYSTEM);
        crowd.id("scope.otto", "product-owner@other");
        crowd.id("scope.quinn", "qa");
        release = access.as(
                rita,
                () -> releases.request(
                        new NewRelease(SYSTEM, "1." + NUMBER.incrementAndGet() + ".0", "Scoped", Urgency.NORMAL),
                        rita));
        String root = release.processInstanceId().orElseThrow();
        for (int steps = 0; steps < 20; steps++) {
            access.asSystem(() -> management.createJobQuery().rootProcessInstanceId(root).messages().list().stream()
                            .map(Job::getId)
                            .toList())
                    .forEach(job -> access.asSystem(() -> {
                        management.executeJob(job);
                        return true;
                    }));
        }
    }

    private Visitor program(String login) {
        return Visitor.program(port, login, Crowd.PASSWORD).with("Accept", "application/json");
    }

    private String api(String path) {
        return "/api/v1/releases/" + release.key() + "/scope" + path;
    }

    private HttpResponse<String> handIn(Visitor visitor, String path, String file) {
        return visitor.deploy(path, "items", "file", file);
    }

    private JsonNode read(HttpResponse<String> answer) throws java.io.IOException {
        return json.readTree(answer.body());
    }

    @Test
    void takesTheFileFromThePageAndShowsItsItemsAsPlainText() {
        Visitor olga = Visitor.person(port, "scope.olga");
        olga.with("X-CSRF-TOKEN", olga.token());
        String page = "/releases/" + release.key();
        assertThat(olga.get(page).body()).contains("File of items", "No item was handed in yet.");

        HttpResponse<String> answer = handIn(olga, page + "/scope/items", GOOD);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(olga.get(page).body())
                .contains("2 items were taken.")
                .contains("=HYPERLINK(&quot;http://example.org&quot;) &lt;b&gt;bold&lt;/b&gt;")
                .contains("Test scope olga");
        assertThat(olga.get(page + "/scope").body()).contains("SHOP-101");
    }

    @Test
    void listsEveryFaultOfAFileOnThePageAndTakesNothing() {
        Visitor olga = Visitor.person(port, "scope.olga");
        olga.with("X-CSRF-TOKEN", olga.token());
        handIn(olga, "/releases/" + release.key() + "/scope/items", BAD);

        assertThat(olga.get("/releases/" + release.key()).body())
                .contains("line 2, column title: it is empty")
                .contains("line 2, column kind: &#39;wish&#39; is no kind")
                .contains("line 3, column risk")
                .contains("No item was handed in yet.");
    }

    @Test
    void offersTheFormToThoseWhoSupplyItemsOnly() {
        assertThat(Visitor.person(port, "scope.quinn")
                        .get("/releases/" + release.key())
                        .body())
                .contains("No item was handed in yet.")
                .doesNotContain("File of items");
    }

    @Test
    void takesTheSameFileFromAProgram() throws Exception {
        HttpResponse<String> answer = program("scope.rita").body("POST", api("/items"), "text/csv", GOOD);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(handIn(program("scope.rita"), api("/items"), GOOD))
                        .get("items")
                        .asInt())
                .isEqualTo(2);
        JsonNode items = read(program("scope.quinn").get(api("/items?size=1")));
        assertThat(items.get("total").asInt()).isEqualTo(2);
        assertThat(items.at("/content/0/key").asText()).isEqualTo("SHOP-101");
        assertThat(read(program("scope.quinn").get(api(""))).at("/0/state").asText())
                .isEqualTo("SUPPLYING");
        assertThat(program("scope.quinn").get(api("/exit-criteria")).body()).isEqualTo("[]");
    }

    @Test
    void tellsAProgramEveryFault() throws Exception {
        HttpResponse<String> answer = handIn(program("scope.olga"), api("/items"), BAD);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = read(answer);
        assertThat(problem.get("faultCount").asInt()).isEqualTo(3);
        assertThat(problem.at("/faults/0/line").asInt()).isEqualTo(2);
        assertThat(problem.at("/faults/0/column").asText()).isEqualTo("title");
        assertThat(problem.at("/faults/0/sentence").asText()).startsWith("it is empty");
    }

    @Test
    @Capability("8.4")
    void isClosedToOthers() {
        assertThat(handIn(program("scope.quinn"), api("/items"), GOOD).statusCode())
                .isEqualTo(403);
        assertThat(handIn(program("scope.otto"), api("/items"), GOOD).statusCode())
                .isEqualTo(404);
        assertThat(program("scope.otto").get(api("/items")).statusCode()).isEqualTo(404);
        assertThat(handIn(Visitor.of(port), api("/items"), GOOD).statusCode()).isEqualTo(401);
    }
}
