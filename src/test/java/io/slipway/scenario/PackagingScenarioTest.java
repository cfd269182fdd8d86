package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Sealing;
import io.slipway.packaging.signatures.SigningKey;
import io.slipway.packaging.versions.Drift;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.PackageDiffers;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Packaging from the developers' files to the seal, each part of it by the people of the sample over HTTP. */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PackagingScenarioTest {

    private static final String OWN_SYSTEM = "bookshop";
    private static final String OCTETS = "application/octet-stream";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Releases releases;

    @Autowired
    private Landscape landscape;

    @Autowired
    private People accounts;

    @Autowired
    private Packages packages;

    @Autowired
    private IncidentRegister incidents;

    @Autowired
    private List<ProductionCondition> conditions;

    @Autowired
    private org.springframework.core.env.Environment environment;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    private final Map<String, ReleaseStory> stories = new LinkedHashMap<>();
    private final Set<String> own = new LinkedHashSet<>();

    @AfterAll
    void leaveNothingHalfWay() {
        own.addAll(stories.keySet());
        for (String key : own) {
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + key + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(key);
        }
    }

    @Test
    @Capability("3.2")
    void aRebuildGivesTheBytesThatWereHandedIn() throws IOException {
        String key = atItsFiles("23.2.0");
        Path jar = application.getBean(DemoStage.class).build("2.4.0").jar();
        handIn(key, "storefront-2.4.0.jar", Files.readAllBytes(jar));

        JsonNode rebuild = rebuilt(key, "v2.4.0");

        assertThat(rebuild.path("verdict").asText()).as(rebuild.toString()).isEqualTo("REPRODUCIBLE");
        assertThat(rebuild.path("builds")).hasSize(2).allSatisfy(build -> {
            assertThat(build.path("succeeded").asBoolean()).isTrue();
            assertThat(build.path("inputs").path("TZ").asText()).isEqualTo("UTC");
            assertThat(build.path("toolchain").asText()).contains("version");
            assertThat(build.path("outputs").get(0).path("name").asText()).isEqualTo("storefront-2.4.0.jar");
        });
        assertThat(callers.person("dora").get("/releases/" + key + "/packaging").body())
                .contains("Reproducible: every file has the same digest");
    }

    @Test
    @Capability("3.2")
    void anotherPersonReviewsWhatARebuildShows() throws IOException {
        String key = atItsFiles("23.2.1");
        Path jar = application.getBean(DemoStage.class).build("2.3.0").jar();
        handIn(key, "storefront-2.4.0.jar", Files.readAllBytes(jar));

        JsonNode rebuild = rebuilt(key, "v2.4.0");

        assertThat(rebuild.path("verdict").asText()).isEqualTo("DIFFERS");
        assertThat(rebuild.path("findings").toString()).contains("storefront-2.4.0.jar!VERSION has other bytes");
        assertThat(rebuild.path("settled").asBoolean()).isFalse();
        story(key)
                .completes(
                        "sefa",
                        "userTask_reviewDifferences",
                        Map.of("differencesVerdict", "ACCEPTED", "differencesReason", "An older build, on purpose."));
        assertThat(get("dora", key, "/rebuilds").get(0).path("settled").asBoolean())
                .isTrue();
        JsonNode wrong = callers.read(callers.program("dora")
                .json("POST", "/api/v1/releases/" + key + "/packaging/rebuilds", "{\"revision\":\"--upload-pack=x\"}"));
        assertThat(wrong.toString()).contains("revision", "is no revision");
    }

    @Test
    @Capability("3.6")
    void aSignatureOfATrustedKeyIsNeededAndEveryHopIsShown() throws IOException {
        Release release = ofOwnSystem("23.6.0");
        SigningKey trusted = SigningKey.since(Instant.now().minusSeconds(86_400));
        String fingerprint = trust(trusted);
        byte[] service = "the signed service".getBytes(StandardCharsets.UTF_8);
        handIn(release.key(), "bookshop.jar", service);
        assertThat(shortcomings(release.key())).contains("SIG_MISSING");

        byte[] flipped = service.clone();
        flipped[0] ^= 1;
        handIn(release.key(), "bookshop.jar.asc", trusted.sign(flipped));
        assertThat(shortcomings(release.key())).contains("SIG_BAD");
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Incomplete.class);
        assertThat(incidents.causedBy(release.key())).hasSize(1);
        withdraw(release.key(), "bookshop.jar.asc");
        handIn(
                release.key(),
                "bookshop.jar.asc",
                SigningKey.since(Instant.now().minusSeconds(86_400)).sign(service));
        assertThat(shortcomings(release.key())).contains("SIG_KEY_NOT_ALLOWED");
        withdraw(release.key(), "bookshop.jar.asc");
        handIn(release.key(), "bookshop.jar.asc", trusted.sign(service));
        assertThat(shortcomings(release.key())).isEqualTo("[]");

        assertThat(packages.seal(release)).isInstanceOf(Sealing.Sealed.class);
        packages.verify(release);
        JsonNode chain = get("lena", release.key(), "/chain");
        assertThat(chain.path("hops").findValuesAsText("hop")).contains("HANDED_IN", "READ_BACK");
        assertThat(chain.path("signatures").get(0).path("outcome").asText()).isEqualTo("GOOD");
        assertThat(chain.path("signatures").get(0).path("fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(callers.person("lena")
                        .get("/releases/" + release.key() + "/packaging")
                        .body())
                .contains("The same bytes", "build@bookshop.example");
        assertThat(callers.person("aldo").get("/signing-keys").body()).contains(fingerprint);
    }

    @Test
    @Capability("3.6")
    void oneFlippedByteIsFoundAtEveryHopAndStopsTheRelease() throws IOException {
        Release release = ofOwnSystem("23.6.1");
        byte[] service = ("the service " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        SigningKey trusted = SigningKey.since(Instant.now().minusSeconds(86_400));
        trust(trusted);
        handIn(release.key(), "bookshop.jar", service);
        handIn(release.key(), "bookshop.jar.asc", trusted.sign(service));
        Path stored = stored(service);

        flip(stored);
        assertThat(shortcomings(release.key())).as("before it is sealed").contains("SIG_BAD");
        flip(stored);
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Sealed.class);

        flip(stored);
        assertThatExceptionOfType(PackageDiffers.class).isThrownBy(() -> packages.verify(release));
        assertThat(incidents.causedBy(release.key())).isNotEmpty();
        flip(stored);
        packages.verify(release);

        flip(stored);
        assertThatExceptionOfType(PackageDiffers.class).isThrownBy(() -> packages.verified(release));
        assertThat(obstacles(release)).contains("bookshop.jar");
        flip(stored);
        packages.verified(release);
        assertThat(obstacles(release)).isEqualTo("[]");
        assertThat(get("lena", release.key(), "/chain").path("hops"))
                .filteredOn(hop -> !hop.path("matched").asBoolean())
                .extracting(hop -> hop.path("hop").asText())
                .contains("READ_BACK", "BEFORE_SHIPPING", "BEFORE_PRODUCTION");
    }

    @Test
    @Capability("3.1")
    void versionsAreProposedAndTracedToWhereTheyRan() throws IOException {
        Release release = ofOwnSystem("0.0.1");

        JsonNode next = callers.read(callers.program("mara").get("/api/v1/versions/next/" + OWN_SYSTEM));
        assertThat(next.path("patch").asText()).as("0.0.1 is taken").isEqualTo("0.0.2");
        assertThat(next.path("major").asText()).isEqualTo("1.0.0");
        JsonNode traced = callers.read(callers.program("aldo").get("/api/v1/versions?system=" + OWN_SYSTEM));
        assertThat(traced.path("content").findValuesAsText("release")).contains(release.key());
        String page =
                callers.person("aldo").get("/versions?system=" + OWN_SYSTEM).body();
        assertThat(page).contains(release.key(), "/versions/next/" + OWN_SYSTEM, "nowhere");
        assertThat(callers.person("aldo").get("/versions/next/" + OWN_SYSTEM).body())
                .contains("0.0.2");
        HttpResponse<String> again = request("0.0.1");
        assertThat(again.statusCode()).isBetween(400, 499);
        assertThat(again.body()).contains("a version is used once");
        for (String none : List.of("v0.0.2", "0.0", "0.0.02", "=0.0.2")) {
            assertThat(request(none).body()).as(none).contains("is no version by SemVer 2.0.0");
        }
        assertThat(request("0.0.1+build.7").body())
                .as("what stands behind a plus makes no other version")
                .contains("has this version already");
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                "/api/v1/releases",
                                callers.write(Map.of("system", OWN_SYSTEM, "version", "0.0.2", "titel", "A slip"))))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("'titel' is not known here"));
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                "/api/v1/releases",
                                callers.write(Map.of("system", OWN_SYSTEM, "version", "0.0.2", "title", "A\0slip"))))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("'title' has control characters"));
        assertThat(releases.find(OWN_SYSTEM + "-0.0.2")).isEmpty();
    }

    @Test
    @Capability("3.3")
    void aBadVersionIsBlockedEverywhereUntilAnotherPersonUnblocksIt() throws IOException {
        Release release = ofOwnSystem("23.3.0");
        SigningKey trusted = SigningKey.since(Instant.now().minusSeconds(86_400));
        trust(trusted);
        byte[] service = "a blocked service".getBytes(StandardCharsets.UTF_8);
        handIn(release.key(), "bookshop.jar", service);
        handIn(release.key(), "bookshop.jar.asc", trusted.sign(service));
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Sealed.class);
        String path = "/api/v1/versions/" + OWN_SYSTEM + "/23.3.0/";

        assertThat(callers.program("sefa")
                        .json("POST", path + "block", "{\"reason\":\"It loses orders. ${7*7}\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(obstacles(release)).contains("is blocked: It loses orders. ${7*7}");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> packages.verified(release))
                .withMessageContaining("is blocked");
        assertThat(callers.program("sefa")
                        .json("POST", path + "unblock", "{\"reason\":\"Mended\"}")
                        .statusCode())
                .as("by who blocked it")
                .isEqualTo(403);
        assertThat(callers.program("oscar")
                        .json("POST", path + "unblock", "{\"reason\":\"Mended\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(packages.verified(release).files()).hasSize(2);
        assertThat(callers.person("aldo").get("/versions/blocks").body()).contains("It loses orders.", "Mended");
    }

    @Test
    @Capability("3.3")
    void whatLivesIsComparedAgainAndAgain() {
        assertThat(callers.program("oscar")
                        .body("POST", "/api/v1/versions/drift/watch", "", "")
                        .statusCode())
                .isEqualTo(204);
        hand.turn(Drift.WATCH);

        assertThat(hand.isAt(Drift.WATCH, "event_nextCheckDue")).isTrue();
        assertThat(callers.program("aldo").get("/api/v1/versions/drift").statusCode())
                .isEqualTo(200);
        assertThat(callers.person("oscar").get("/versions/drift").body()).contains("It is looked at again after");
    }

    @Test
    @Capability("3.3")
    void anArchiveThatWouldDoHarmIsNotTakenOrNotSealed() {
        Release release = ofOwnSystem("23.3.1");
        byte[] leading = zip("../evil", new byte[1]);
        for (byte[] hostile : List.of(leading, zip("inner.zip", leading))) {
            HttpResponse<String> refused = put(release.key(), "out.zip", hostile);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("outside of its folder", "\"file\"");
        }
        assertThat(packages.files(release)).isEmpty();

        handIn(release.key(), "trap.zip", zip("b", new byte[30_000_000]));
        assertThat(shortcomings(release.key()))
                .contains("trap.zip: The archive unpacks to more than 200 times its size");
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Incomplete.class);

        withdraw(release.key(), "trap.zip");
        handIn(release.key(), "twice.zip", twice());
        assertThat(packages.seal(release))
                .isInstanceOfSatisfying(Sealing.Incomplete.class, incomplete -> assertThat(incomplete.toString())
                        .contains("twice.zip: The archive holds 'run.sh' twice"));
    }

    /** An archive in which two files have the same name, so that readers disagree on which of them it holds. */
    private static byte[] twice() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("run.sh", "rum.sh")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1)
                .replace("rum.sh", "run.sh")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip(String name, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    @Capability("3.4")
    void componentsArePinnedAndContractsAreKept() {
        Release release = ofOwnSystem("23.4.0");
        landscape.add("stock", "Stock", false);
        handIn(
                release.key(),
                "bom.json",
                ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\","
                                + "\"name\":\"paper\",\"version\":\"1.0-SNAPSHOT\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(shortcomings(release.key())).contains("paper has the version 1.0-SNAPSHOT");
        assertThat(get("lena", release.key(), "/components")
                        .get(0)
                        .path("components")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("paper");

        HttpResponse<String> entered = callers.program("quinn")
                .json(
                        "POST",
                        "/api/v1/contracts",
                        callers.write(Map.of(
                                "consumer", OWN_SYSTEM,
                                "consumerFrom", "23.0.0",
                                "provider", "stock",
                                "providerFrom", "2.0.0",
                                "works", true,
                                "evidence", "Run 17")));
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
        assertThat(checked("2.1.0").path("compatible").asBoolean()).isTrue();
        JsonNode alone = callers.read(callers.program("aldo")
                .json(
                        "POST",
                        "/api/v1/contracts/check",
                        callers.write(Map.of("steps", List.of(Map.of("system", OWN_SYSTEM, "version", "23.4.0"))))));
        assertThat(alone.path("compatible").asBoolean()).isFalse();
        assertThat(alone.path("forth").get(1).path("problems").toString()).contains("23.4.0 needs stock");
        assertThat(alone.path("proposal").isEmpty()).isTrue();
        JsonNode unknown = checked("1.9.0");
        assertThat(unknown.path("compatible").asBoolean()).isFalse();
        assertThat(unknown.path("forth").get(2).path("problems").toString()).contains("was never verified");
        assertThat(callers.person("aldo")
                        .get("/contracts?order=" + OWN_SYSTEM + "+23.4.0%0Astock+1.9.0")
                        .body())
                .contains("was never verified", "Run 17");
        assertThat(callers.program("quinn")
                        .json(
                                "POST",
                                "/api/v1/contracts/check",
                                "{\"steps\":[{\"system\":\"stock\",\"version\":\"1.2\"}]}")
                        .body())
                .contains("is no version");
        HttpResponse<String> unsaid = callers.program("quinn")
                .json(
                        "POST",
                        "/api/v1/contracts",
                        callers.write(Map.of(
                                "consumer", OWN_SYSTEM,
                                "consumerFrom", "23.0.0",
                                "provider", "stock",
                                "providerFrom", "3.0.0",
                                "evidence", "Run 18")));
        assertThat(unsaid.statusCode()).isEqualTo(400);
        assertThat(unsaid.body()).contains("works");
        assertThat(callers.program("quinn")
                        .body(
                                "DELETE",
                                "/api/v1/contracts/"
                                        + callers.read(entered).path("id").asLong(),
                                "",
                                "")
                        .statusCode())
                .isEqualTo(204);
    }

    private JsonNode checked(String stock) {
        HttpResponse<String> answer = callers.program("aldo")
                .json(
                        "POST",
                        "/api/v1/contracts/check",
                        callers.write(Map.of(
                                "steps",
                                List.of(
                                        Map.of("system", "stock", "version", stock),
                                        Map.of("system", OWN_SYSTEM, "version", "23.4.0")))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }

    @Test
    @Capability("3.5")
    void configurationIsCompleteBeforeProductionAndHoldsNoSecret() {
        Release release = ofOwnSystem("23.5.0");
        handIn(release.key(), "app.template", "mail=${mail.host}\nsum=${7*7}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(get("lena", release.key(), "/configuration").path("matrix").toString())
                .contains("\"name\":\"mail.host\",\"standing\":\"MISSING\"")
                .doesNotContain("7*7");

        JsonNode set = setValue("lena", "mail.host", "mail.example");
        assertThat(set.path("acceptedBy").isMissingNode()
                        || set.path("acceptedBy").isNull())
                .isTrue();
        assertThat(get("lena", release.key(), "/configuration").path("matrix").toString())
                .as("until somebody else accepts it")
                .contains("MISSING");
        assertThat(callers.program("oscar")
                        .body("POST", "/api/v1/configuration/" + set.path("id").asLong() + "/accept", "", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(get("lena", release.key(), "/configuration").path("matrix").toString())
                .contains("\"standing\":\"SET\"");

        String clear = "Tr0ub4dor" + "-9x&Q";
        HttpResponse<String> refused = callers.program("lena")
                .json("POST", "/api/v1/configuration", callers.write(value("db.password", clear)));
        assertThat(refused.statusCode()).isBetween(400, 499);
        assertThat(refused.body()).contains("looks like a secret").doesNotContain(clear);
        handIn(release.key(), "app.properties", ("db.password=" + clear).getBytes(StandardCharsets.UTF_8));
        assertThat(shortcomings(release.key())).contains("generic-secret").doesNotContain(clear);
        assertThat(callers.person("lena")
                        .get("/releases/" + release.key() + "/packaging")
                        .body())
                .contains("look like secrets", "mail.example")
                .doesNotContain(clear);
    }

    private JsonNode setValue(String login, String name, String value) {
        HttpResponse<String> set =
                callers.program(login).json("POST", "/api/v1/configuration", callers.write(value(name, value)));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
        return callers.read(set);
    }

    private static Map<String, Object> value(String name, String value) {
        return Map.of("system", OWN_SYSTEM, "environment", "production", "name", name, "value", value);
    }

    private String obstacles(Release release) {
        String digest = packages.present(release).orElseThrow().digest();
        return conditions.stream()
                .filter(condition -> condition.name().equals("package"))
                .findFirst()
                .orElseThrow()
                .obstacles(release, new ProductionCondition.ProductionTouch("production", digest, "none"))
                .toString();
    }

    private String trust(SigningKey key) {
        HttpResponse<String> proposed = callers.program("sefa")
                .json(
                        "POST",
                        "/api/v1/signing-keys",
                        callers.write(Map.of(
                                "system", OWN_SYSTEM, "key", key.publicKey(), "reason", "The build server's key")));
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        String fingerprint = callers.read(proposed).path("fingerprint").asText();
        String accept = "/api/v1/signing-keys/" + OWN_SYSTEM + "/" + fingerprint + "/accept";
        assertThat(callers.program("sefa").body("POST", accept, "", "").statusCode())
                .as("by who proposed it")
                .isEqualTo(403);
        assertThat(callers.program("chiara").body("POST", accept, "", "").statusCode())
                .isEqualTo(204);
        return fingerprint;
    }

    private Path stored(byte[] bytes) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return Path.of(environment.getRequiredProperty("slipway.artifacts.directory"))
                    .resolve("sha256")
                    .resolve(sha256.substring(0, 2))
                    .resolve(sha256.substring(2, 4))
                    .resolve(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    private String shortcomings(String key) {
        return get("lena", key, "").path("shortcomings").toString();
    }

    private void withdraw(String key, String file) {
        assertThat(callers.program("lena")
                        .body("DELETE", "/api/v1/releases/" + key + "/packaging/files/" + file, "", "")
                        .statusCode())
                .isEqualTo(204);
    }

    /** A release of a system of this test alone, whose files are asked for. */
    private Release ofOwnSystem(String version) {
        if (accounts.findByLogin("lena").isEmpty()) {
            landscape.add(OWN_SYSTEM, "Bookshop", false);
            landscape.addEnvironment(OWN_SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 1, 1);
            accounts.register(new NewPerson(
                    "lena",
                    "Lena Bookbinder",
                    "lena@bookshop.example",
                    SamplePeople.PASSWORD,
                    Set.of(Role.DEVELOPER.groupFor(OWN_SYSTEM))));
        }
        HttpResponse<String> asked = request(version);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        Release release = releases.find(OWN_SYSTEM + "-" + version).orElseThrow();
        own.add(release.key());
        packages.openRound(release, "packaging-of-" + release.key());
        return release;
    }

    private HttpResponse<String> request(String version) {
        return callers.program("mara")
                .json(
                        "POST",
                        "/api/v1/releases",
                        callers.write(Map.of(
                                "system", OWN_SYSTEM, "version", version, "title", "Books", "urgency", "NORMAL")));
    }

    private ReleaseStory story(String key) {
        return Objects.requireNonNull(stories.get(key));
    }

    private JsonNode rebuilt(String key, String revision) {
        HttpResponse<String> asked = callers.program("dora")
                .json(
                        "POST",
                        "/api/v1/releases/" + key + "/packaging/rebuilds",
                        callers.write(Map.of("revision", revision)));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        hand.turn(key);
        return get("dora", key, "/rebuilds").get(0);
    }

    /** A release that waits for its files. */
    private String atItsFiles(String version) {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn);
        stories.put(story.key(), story);
        story.goesOnTo("userTask_supplyFiles");
        return story.key();
    }

    private void handIn(String key, String name, byte[] bytes) {
        HttpResponse<String> answer = put(key, name, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> put(String key, String name, byte[] bytes) {
        return callers.program(own.contains(key) ? "lena" : "ravi")
                .bytes("PUT", "/api/v1/releases/" + key + "/packaging/files/" + name, OCTETS, bytes);
    }

    private JsonNode get(String login, String key, String path) {
        Visitor program = callers.program(login);
        HttpResponse<String> answer = program.get("/api/v1/releases/" + key + "/packaging" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }
}
