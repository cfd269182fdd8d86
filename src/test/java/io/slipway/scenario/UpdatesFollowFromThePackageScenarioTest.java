package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.packaging.Packages;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What operations has to bring up to date follows from what the package really changes, and each update says from what. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class UpdatesFollowFromThePackageScenarioTest {

    private static final String SYSTEM = "vineyard";

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private Packages packages;

    @Autowired
    private People accounts;

    @Autowired
    private EngineAccess access;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Test
    @Capability("7.5")
    void migrationsSettingsAndComponentsAreNamedAsReasons() {
        landscape.add(SYSTEM, "Vineyard", false);
        landscape.addEnvironment(SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 1, 1);
        Release release = access.as(
                callers.id("mara"),
                () -> releases.request(
                        new NewRelease(SYSTEM, "27.5.5", "Second harvest", Urgency.NORMAL), callers.id("mara")));
        String grower = accounts.register(new NewPerson(
                "vina",
                "Vina Grower",
                "vina@vineyard.example",
                SamplePeople.PASSWORD,
                Set.of(Role.DEVELOPER.groupFor(SYSTEM))));
        access.asSystem(() -> {
            packages.openRound(release, "packaging-of-" + release.key());
            byte[] service = zip(Map.of("db/migration/V7__add_barrel.sql", "alter table wine add barrel int;"));
            byte[] press = zip(Map.of("press.txt", "a second program"));
            byte[] settings = "press=${press.size}\n".getBytes(StandardCharsets.UTF_8);
            byte[] bill = ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\","
                            + "\"name\":\"grapes\",\"version\":\"4.0.1\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            Map<String, byte[]> files = new TreeMap<>(Map.of(
                    "vineyard.jar",
                    service,
                    "press.zip",
                    press,
                    "press.properties.template",
                    settings,
                    "bom.json",
                    bill));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                handIn(release, file.getKey(), file.getValue(), grower);
            }
            releases.enter(release.id(), ReleaseState.HYPERCARE);
            return true;
        });
        hand.turn(release.key());

        JsonNode required =
                callers.read(callers.program("oscar").get("/api/v1/releases/" + release.key() + "/operability"));
        assertThat(reason(required, "RUNBOOK"))
                .contains("V7__add_barrel.sql", "new settings press.size")
                .doesNotContain("grapes");
        assertThat(reason(required, "MONITORING"))
                .contains("grapes 4.0.1")
                .doesNotContain("V7__add_barrel.sql", "press.size");
        assertThat(reason(required, "BACKUP")).contains("V7__add_barrel.sql").doesNotContain("grapes");
        assertThat(callers.person("oscar")
                        .get("/releases/" + release.key() + "/operability")
                        .body())
                .contains("V7__add_barrel.sql", "grapes 4.0.1");
    }

    private void handIn(Release release, String name, byte[] bytes, String person) {
        try {
            packages.handIn(release, name, new ByteArrayInputStream(bytes), person);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(JsonNode required, String kind) {
        for (JsonNode update : required.findParents("kind")) {
            if (update.path("kind").asText().equals(kind)) {
                return update.path("reason").asText();
            }
        }
        throw new AssertionError(kind + " is not required: " + required);
    }

    private static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
