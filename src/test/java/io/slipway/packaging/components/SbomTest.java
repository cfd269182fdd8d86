package io.slipway.packaging.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Capability("3.4")
class SbomTest {

    /** The counts were taken with another tool and stand in the README beside the files. */
    @ParameterizedTest
    @CsvSource({"SBOM_keycloak-10.0.2_bom.json, 1.2, 903, 903, 0"})
    void readsRealBills(String file, String spec, int components, int pinned, int faults) throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/cyclonedx/" + file)) {
            Sbom read = Sbom.read(file, in);

            assertThat(read.specVersion()).isEqualTo(spec);
            assertThat(read.components()).hasSize(components);
            assertThat(read.components().stream().filter(each -> each.digest().isPresent()))
                    .hasSize(pinned);
            assertThat(read.faults()).hasSize(faults);
            assertThat(read.components().get(0))
                    .returns("org.bouncycastle:bcprov-jdk15on", Component::coordinates)
                    .returns("1.62", Component::version)
                    .returns("pkg:maven/org.bouncycastle/bcprov-jdk15on@1.62?type=jar", Component::purl);
        }
    }

    @Test
    void bothFormsGiveTheSame() throws Exception {
        Sbom json = json(
                "[{\"type\":\"library\",\"group\":\"g\",\"name\":\"a\",\"version\":\"1.0\",\"purl\":\"pkg:maven/g/a@1.0\","
                        + "\"hashes\":[{\"alg\":\"MD5\",\"content\":\"0\"},{\"alg\":\"SHA-256\",\"content\":\"ab\"}],"
                        + "\"components\":[{\"type\":\"file\",\"name\":\"inner\"}]},{\"type\":\"library\",\"name\":\"b\",\"version\":\"2\"}]");
        Sbom xml = xml("<metadata><component type='application'><name>root</name></component></metadata>"
                + "<components><component type='library'><group>g</group><name>a</name><version>1.0</version>"
                + "<hashes><hash alg='MD5'>0</hash><hash alg='SHA-256'>ab</hash></hashes><licenses><license><id>x</id></license></licenses>"
                + "<purl>pkg:maven/g/a@1.0</purl><components><component type='file'><name>inner</name></component></components>"
                + "</component><component type='library'><name>b</name><version>2</version></component></components>"
                + "<dependencies><dependency ref='a'/></dependencies>");

        assertThat(xml.components()).isEqualTo(json.components()).hasSize(3);
        assertThat(xml.specVersion()).isEqualTo("1.5");
        assertThat(xml.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0-SNAPSHOT",
                "1.0-snapshot",
                "[1.0,2.0)",
                "[1.0]",
                "^1.2.3",
                "~1.2",
                ">=1.0",
                "1.x",
                "1.2.*",
                "*",
                "latest",
                "latest.release",
                "RELEASE",
                "1.0 || 2.0",
                "1.+",
                "vers:npm/1.2",
                "1.0, 2.0",
                "<2"
            })
    void refusesWhatIsNoExactVersion(String version) throws Exception {
        assertThat(json("[{\"type\":\"library\",\"name\":\"a\",\"version\":\"" + version + "\"}]")
                        .faults())
                .hasSize(1)
                .first()
                .asString()
                .contains("a has");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1:2.3-4~rc1",
                "2.0.0-rc.1+build.5",
                "20240101",
                "v1.2.3",
                "1.0.Final",
                "31.1-jre",
                "r09",
                "0.0.0-20191109021931-daa7c04131f5",
                "6.1.0-alpha_x64",
                "sha256:abc"
            })
    void takesExactVersionsOfEveryKind(String version) throws Exception {
        assertThat(json("[{\"type\":\"library\",\"name\":\"a\",\"version\":\"" + version + "\"}]")
                        .faults())
                .isEmpty();
    }

    @Test
    void namesWhatIsMissingOrContradictsItself() throws Exception {
        assertThat(json("[{\"type\":\"library\",\"name\":\"a\"},{\"type\":\"operating-system\",\"name\":\"o\"}]")
                        .faults())
                .containsExactly("The component a has no version; please pin one.");
        assertThat(json("[{\"type\":\"library\",\"name\":\"a\",\"version\":\"1.0\",\"purl\":\"pkg:npm/%40s/a@1.1\"}]")
                        .faults())
                .containsExactly("The component a has the version 1.0, but its package URL says 1.1.");
        assertThat(
                        json("[{\"type\":\"library\",\"name\":\"a\",\"version\":\"1+2\",\"purl\":\"pkg:npm/%40s/a@1%2B2?x=y@9\"}]")
                                .faults())
                .isEmpty();
    }

    @Test
    void staysWithinItsBounds() {
        refused("deep.cdx.json", "[".repeat(1_000_000), "JSON");
        refused("deep.cdx.json", "{\"bomFormat\":\"CycloneDX\",\"components\":" + "[".repeat(100), "JSON");
        refused(
                "deep.cdx.xml",
                "<bom xmlns='http://cyclonedx.org/schema/bom/1.5'>" + "<components><component>".repeat(1_000),
                "deep inside");
        refused(
                "deep.cdx.xml",
                "<bom xmlns='http://cyclonedx.org/schema/bom/1.5'><a>" + "<b>".repeat(1_000),
                "deep inside");
        refused("huge.cdx.json", " ".repeat(Sbom.LARGEST + 1), "more than 30000000 bytes");
        refused(
                "many.cdx.json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[" + "{},".repeat(50_001) + "{}]}",
                "50000 components");
        refused("twice.cdx.json", "{\"bomFormat\":\"CycloneDX\",\"bomFormat\":\"CycloneDX\"}", "Duplicate");
    }

    @Test
    void readsNoOtherFileThroughADocumentType() {
        String dtd = "<!DOCTYPE bom [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
        refused("x.cdx.xml", dtd + "<bom xmlns='http://cyclonedx.org/schema/bom/1.5'>&x;</bom>", "document type");
    }

    @Test
    void refusesWhatIsNoBill() {
        refused("x.cdx.json", "{}", "bomFormat");
        refused("x.cdx.json", "no", "JSON");
        refused("x.cdx.json", "", "bomFormat");
        refused("x.cdx.xml", "<a/>", "<bom>");
        refused("x.cdx.xml", "", "XML");
        refused("x.cdx.json", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"2.0\"}", "'2.0'");
    }

    @Test
    void knowsBillsByTheirNames() {
        assertThat(java.util.stream.Stream.of(
                        "bom.json",
                        "bom.xml",
                        "sbom.json",
                        "storefront.cdx.json",
                        "SBOM_keycloak-10.0.2_bom.json",
                        "a-bom.xml"))
                .allMatch(Sbom::named);
        assertThat(java.util.stream.Stream.of("storefront.jar", "bomb.json", "abom.json", "bom.txt", "config.json"))
                .noneMatch(Sbom::named);
    }

    private static void refused(String name, String text, String part) {
        assertThatExceptionOfType(Sbom.SbomRefused.class)
                .isThrownBy(() -> read(name, text))
                .withMessageContaining(part);
    }

    private static Sbom json(String components) throws Exception {
        return read(
                "a.cdx.json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":" + components + "}");
    }

    private static Sbom xml(String content) throws Exception {
        return read(
                "a.cdx.xml",
                "<?xml version='1.0'?><bom xmlns='http://cyclonedx.org/schema/bom/1.5'>" + content + "</bom>");
    }

    private static Sbom read(String name, String text) throws IOException, Sbom.SbomRefused {
        return Sbom.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
