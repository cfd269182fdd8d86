package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Sealing;
import io.slipway.platform.process.EngineAccess;
import io.slipway.quality.Gates;
import io.slipway.quality.WaiverRequest;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Files and reports are handed in over HTTP, on the page and by programs, and the page shows what came of them. */
@RunningApplication
@Capability({"3.3", "4.1", "8.4"})
@SuppressWarnings("NullAway.Init")
class HandedInTest {

    private static final String GOOD = "<testsuite tests='1'><testcase name='a'/></testsuite>";
    private static final String BAD = "<testsuite tests='1'><testcase name='a'><failure/></testcase></testsuite>";

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
    private Packages packages;

    @Autowired
    private Gates gates;

    /** Nothing is deployed here; what a gate judges must run, though. */
    @MockitoSpyBean
    private LiveSystems lives;

    @Autowired
    private ObjectMapper json;

    private static int versions;

    private Release release;

    @BeforeEach
    void request() {
        landscape.add("handedin", "Handed in", false);
        landscape.addEnvironment("handedin", "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment("handedin", "production", "Production", Environment.Tier.PRODUCTION, 2, 1);
        String rita = crowd.id("handed.rita", "release-manager");
        crowd.id("handed.dana", "developer@handedin");
        crowd.id("handed.otto", "developer@elsewhere");
        crowd.id("handed.quentin", "qa");
        crowd.id("handed.carla", "change-authority");
        String version = "1." + versions++ + ".0";
        release = access.as(
                rita, () -> releases.request(new NewRelease("handedin", version, "Hand in", Urgency.NORMAL), rita));
    }

    @Test
    void aDeveloperHandsFilesInOnThePageAndSeesTheirSeal() throws Exception {
        Visitor dana = Visitor.person(port, "handed.dana");
        assertThat(panel(dana, "packaging").text()).contains("Files are asked for when");

        open();
        assertThat(panel(dana, "packaging").select("form")).hasSize(1);
        HttpResponse<String> answer = upload(dana, "/packaging/files", "storefront.jar", "the service");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(panel(dana, "packaging").select("tbody th").eachText()).containsExactly("storefront.jar");

        upload(dana, "/packaging/files", "../evil.sh", "no");
        upload(dana, "/packaging/files", "notes.txt", "remove me");
        dana.form(
                "/releases/" + release.key() + "/packaging/files/withdraw",
                Map.of("name", "notes.txt", "_csrf", csrf(dana)));
        assertThat(panel(dana, "packaging").select("tbody th").eachText()).containsExactly("storefront.jar");

        seal();
        Element sealed = panel(dana, "packaging");
        assertThat(sealed.select("form")).isEmpty();
        assertThat(sealed.text())
                .contains("Sealed")
                .contains(packages.present(release).orElseThrow().digest());
    }

    @Test
    void aRefusalIsShownOnThePage() {
        open();
        Visitor dana = Visitor.person(port, "handed.dana");
        upload(dana, "/packaging/files", "-rf.jar", "x");

        assertThat(dana.get("/releases/" + release.key()).body()).contains("cannot be the name of a file here");
    }

    @Test
    void othersSeeTheFilesAndHandNothingIn() {
        open();
        Visitor quentin = Visitor.person(port, "handed.quentin");

        assertThat(panel(quentin, "packaging").select("form")).isEmpty();
        assertThat(program("handed.quentin")
                        .upload(api("/packaging/files"), "x.jar", "x", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(program("handed.otto")
                        .upload(api("/packaging/files"), "x.jar", "x", Map.of())
                        .statusCode())
                .as("a developer of another system does not know of the release")
                .isEqualTo(404);
        assertThat(program("handed.otto").get(api("/packaging")).statusCode()).isEqualTo(404);
        assertThat(program("handed.otto").get(api("/quality")).statusCode()).isEqualTo(404);
        assertThat(Visitor.of(port).get(api("/packaging")).statusCode()).isEqualTo(401);
        assertThat(packages.files(release)).isEmpty();
    }

    @Test
    void aProgramHandsInAndReadsTheManifestThatWasHashed() throws Exception {
        open();
        Visitor dana = program("handed.dana");
        assertThat(dana.upload(api("/packaging/files"), "service.jar", "the service", Map.of())
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused = dana.upload(api("/packaging/files"), "service.jar", "other bytes", Map.of());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json.readTree(refused.body()).path("field").asText()).isEqualTo("file");
        assertThat(json.readTree(refused.body()).path("detail").asText()).contains("other bytes");
        assertThat(dana.get(api("/packaging/manifest")).statusCode()).isEqualTo(404);

        seal();

        JsonNode packaging = json.readTree(dana.get(api("/packaging")).body());
        assertThat(packaging.path("round").asInt()).isEqualTo(1);
        assertThat(packaging.path("files").findValuesAsText("name")).containsExactly("service.jar");
        assertThat(packaging.path("digest").asText())
                .isEqualTo(sha256(dana.get(api("/packaging/manifest")).body()));
    }

    @Test
    void qualityAssuranceHandsReportsInAndEverybodyReadsTheVerdict() throws Exception {
        open();
        Visitor quentin = Visitor.person(port, "handed.quentin");
        assertThat(panel(quentin, "quality").text()).contains("Tests are reported when the package is sealed");
        program("handed.dana").upload(api("/packaging/files"), "service.jar", "the service", Map.of());
        seal();

        assertThat(upload(quentin, "/quality/staging/evidence", "TEST-all.xml", BAD)
                        .statusCode())
                .isEqualTo(302);
        upload(quentin, "/quality/staging/evidence", "TEST-xxe.xml", "<!DOCTYPE t SYSTEM 'x'><t/>");
        assertThat(quentin.get("/releases/" + release.key()).body()).contains("document type");
        judge("FAILED");

        Element failed = panel(quentin, "quality");
        assertThat(failed.text())
                .contains(
                        "Open",
                        "A test failed, and each failed test is a fault that somebody has seen.",
                        "With at most 0 failed (now 1) the gate passes.");
        assertThat(failed.select("caption").eachText()).containsExactly("Verdict: failed");

        waive();
        assertThat(panel(quentin, "quality").text()).contains("Passed by waiver", "Printing is checked by hand.");

        assertThat(program("handed.quentin")
                        .upload(api("/quality/staging/evidence"), "TEST-all.xml", GOOD, Map.of())
                        .statusCode())
                .isEqualTo(201);
        judge("PASSED");
        JsonNode gate = json.readTree(
                        program("handed.dana").get(api("/quality")).body())
                .path(0);
        assertThat(gate.path("state").asText()).isEqualTo("PASSED");
        assertThat(gate.path("verdict")
                        .path("explanation")
                        .path("rule")
                        .path("id")
                        .asText())
                .isEqualTo("rule_passed");
        assertThat(gate.path("waiver").path("state").asText()).isEqualTo("GRANTED");
    }

    @Test
    void onlyQualityAssuranceHandsReportsIn() {
        open();
        program("handed.dana").upload(api("/packaging/files"), "service.jar", "the service", Map.of());
        seal();

        assertThat(program("handed.dana")
                        .upload(api("/quality/staging/evidence"), "TEST-all.xml", GOOD, Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(program("handed.quentin")
                        .upload(api("/quality/production/evidence"), "TEST-all.xml", GOOD, Map.of())
                        .statusCode())
                .as("production stands behind the last gate")
                .isEqualTo(400);
    }

    private void open() {
        packages.openRound(release, "packaging-of-" + release.key());
    }

    private void seal() {
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Sealed.class);
    }

    private void judge(String verdict) {
        String digest = packages.present(release).orElseThrow().digest();
        doReturn(Optional.of(new LiveSystems.Live(release.version(), digest, "http://127.0.0.1:1")))
                .when(lives)
                .of("handedin", "staging");
        gates.evaluate(release, "staging");
        gates.recordVerdict(release, "staging", verdict);
    }

    private void waive() {
        String quentin = crowd.id("handed.quentin");
        String carla = crowd.id("handed.carla");
        WaiverRequest request = new WaiverRequest(
                "The test needs the old printer.",
                "Printing is checked by hand.",
                Instant.now().plus(1, ChronoUnit.DAYS));
        access.as(quentin, () -> gates.askWaiver(release, "staging", request, quentin));
        access.as(carla, () -> gates.decideWaiver(release, "staging", true, "Few people print.", carla));
    }

    private HttpResponse<String> upload(Visitor person, String path, String name, String content) {
        return person.upload("/releases/" + release.key() + path, name, content, Map.of("_csrf", csrf(person)));
    }

    private Element panel(Visitor visitor, String id) {
        Element panel =
                Jsoup.parse(visitor.get("/releases/" + release.key()).body()).getElementById(id);
        return Objects.requireNonNull(panel, "panel " + id);
    }

    private String csrf(Visitor person) {
        return Jsoup.parse(person.get("/releases/" + release.key()).body())
                .select("input[name=_csrf]")
                .attr("value");
    }

    private Visitor program(String login) {
        return Visitor.program(port, login, Crowd.PASSWORD);
    }

    private String api(String path) {
        return "/api/v1/releases/" + release.key() + path;
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
