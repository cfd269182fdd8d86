package io.slipway.packaging.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
                "<2",
                "main",
                "master",
                "dev-master",
                "1.0.x-dev",
                "stable",
                "Next",
                "nightly",
                "edge",
                "HEAD",
                "current",
                "unknown",
                "unspecified",
                "${project.version}",
                "1.${minor}",
                "refs/heads/main",
                "@VERSION@"
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
                "nightly-20240101",
                "1.0-rc",
                "3.0.0-next.4",
                "current.7",
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

    @ParameterizedTest
    @CsvSource({
        "3.18, pkg:oci/alpine@sha256:%1$s?repository_url=x",
        "3.18, pkg:oci/alpine@sha256%%3A%1$s?tag=3.18",
        "3.18, pkg:docker/alpine@sha256:%1$s",
        "1:2.3-4, pkg:rpm/fedora/curl@2.3-4?arch=x86_64&epoch=1",
        "0:2.3-4, pkg:rpm/fedora/curl@2.3-4",
        "2.3-4, pkg:rpm/fedora/curl@2.3-4?epoch=1",
        "1:2.3-4, pkg:deb/debian/curl@1:2.3-4",
        "1:1.2.3-4, pkg:deb/debian/y@1.2.3-4?epoch=1",
        "1.0, pkg:npm/@scope/a@1.0",
        "1.0, pkg://npm/a@1.0",
        "1.0, pkg:golang/example.org/a@1.0#sub/path"
    })
    void takesThePinsOfEachKindOfPackage(String version, String purl) throws Exception {
        assertThat(withPurl(version, purl.formatted("ab".repeat(32))).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3.18, pkg:oci/alpine@sha256:%1$s?tag=3.17",
        "3.18, pkg:oci/alpine@3.17",
        "3.18, pkg:npm/alpine@sha256:%1$s",
        "1:2.3-4, pkg:rpm/fedora/curl@2.3-4?epoch=2",
        "1:2.3-4, pkg:rpm/fedora/curl@2.3-4",
        "1:1.2.3-4, pkg:deb/debian/y@1.2.3-4?epoch=2",
        "1:1.2.3-4, pkg:deb/debian/y@1.2.3-4",
        "1:1.2.3-4, pkg:npm/y@1.2.3-4?epoch=1"
    })
    void namesPinsThatContradictTheVersion(String version, String purl) throws Exception {
        assertThat(withPurl(version, purl.formatted("ab".repeat(32))).faults())
                .singleElement()
                .asString()
                .contains("but its package URL says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "nonsense@1.0",
                "pkg:",
                "pkg:npm",
                "pkg:npm/",
                "pkg:npm/@1.0",
                "pkg:npm/a b@1.0",
                " ",
                "npm/a@1.0"
            })
    void namesPackageUrlsThatAreNone(String purl) throws Exception {
        assertThat(withPurl("1.0", purl).faults())
                .singleElement()
                .asString()
                .contains("The component a has '" + purl + "', which is no package URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application",
                "container",
                "device-driver",
                "firmware",
                "framework",
                "library",
                "machine-learning-model",
                "platform"
            })
    void everyKindOfCodeNeedsAVersion(String type) throws Exception {
        assertThat(json("[{\"type\":\"" + type + "\",\"name\":\"a\"}]").faults())
                .containsExactly("The component a has no version; please pin one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cryptographic-asset", "data", "device", "file", "operating-system"})
    void whatIsNoCodeMayComeWithoutAVersion(String type) throws Exception {
        assertThat(json("[{\"type\":\"" + type + "\",\"name\":\"a\"}]").faults())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\":\"Library\",", "\"type\":\"plugin\",", "\"type\":\"\",", "\"type\":null,", ""})
    void anUnknownTypeIsNoWayRoundThePin(String type) throws Exception {
        for (String version : List.of("", ",\"version\":\"1.0\"")) {
            assertThat(json("[{" + type + "\"name\":\"a\"" + version + "}]").faults())
                    .singleElement()
                    .asString()
                    .startsWith("The component a has")
                    .contains("type", "please write application, container,");
        }
        assertThat(xml("<components><component><name>a</name></component></components>")
                        .faults())
                .singleElement()
                .asString()
                .contains("has no type");
    }

    private static Sbom withPurl(String version, String purl) throws Exception {
        return json(
                "[{\"type\":\"library\",\"name\":\"a\",\"version\":\"" + version + "\",\"purl\":\"" + purl + "\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"none\"", "{\"a\":{\"version\":\"[1,2)\"}}", "7", "[\"a\"]", "[[]]", "[{}, null]"})
    void refusesComponentsOfTheWrongShape(String components) {
        assertThatExceptionOfType(Sbom.SbomRefused.class)
                .isThrownBy(() -> json(components))
                .withMessageContaining("omponents");
    }

    @Test
    void aBillThatNamesNothingShowsNothing() throws Exception {
        String none = "It names no component";
        assertThat(json("[]").faults()).singleElement().asString().contains(none);
        assertThat(json("null").faults()).singleElement().asString().contains(none);
        assertThat(read("a.cdx.json", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}")
                        .faults())
                .singleElement()
                .asString()
                .contains(none);
        assertThat(xml("").faults()).singleElement().asString().contains(none);
        assertThat(xml("<components/>").faults()).singleElement().asString().contains(none);
    }

    @Test
    void nothingComesAfterTheDocument() {
        String bill = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[]}";
        refused("a.cdx.json", bill + bill, "JSON");
        refused("a.cdx.json", bill + " more", "JSON");
    }

    @Test
    void aVersionIsText() {
        assertThatExceptionOfType(Sbom.SbomRefused.class)
                .isThrownBy(() -> json("[{\"type\":\"library\",\"name\":\"a\",\"version\":1.10}]"))
                .withMessage("The \"version\" of the component a is no text; please write it in quotes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1"})
    void readsXmlInTheEncodingThatItDeclares(String encoding) throws Exception {
        String text = "<?xml version='1.0' encoding='" + encoding + "'?>"
                + "<bom xmlns='http://cyclonedx.org/schema/bom/1.4'><components><component type='library'>"
                + "<name>Größe</name><version>1</version></component></components></bom>";
        byte[] mark = encoding.equals("UTF-16LE") ? new byte[] {(byte) 0xff, (byte) 0xfe} : new byte[0];
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        bytes.write(mark);
        bytes.write(text.getBytes(java.nio.charset.Charset.forName(encoding)));

        assertThat(Sbom.read("a.cdx.xml", new ByteArrayInputStream(bytes.toByteArray()))
                        .components())
                .singleElement()
                .returns("Größe", Component::name);
    }

    @Test
    void saysOfBytesThatAreNotOfItsEncodingThatTheFileIsWrong() {
        byte[] latin = ("<bom xmlns='http://cyclonedx.org/schema/bom/1.4'><components><component type='library'>"
                        + "<name>Größe</name><version>1</version></component></components></bom>")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(Sbom.SbomRefused.class)
                .isThrownBy(() -> Sbom.read("a.cdx.xml", new ByteArrayInputStream(latin)))
                .withMessageContainingAll("not of its encoding", "UTF-8");
    }

    @Test
    void whatOthersPutInBetweenOverridesNothing() throws Exception {
        Sbom read = xml("<components xmlns:e='urn:e'><component type='library'><name>a</name>"
                + "<version>latest</version><e:version>1.0</e:version><e:components><component/></e:components>"
                + "</component><e:component type='library'><name>b</name></e:component></components>"
                + "<e:components xmlns:e='urn:e'><component/></e:components>");

        assertThat(read.components()).singleElement().returns("latest", Component::version);
        refused(
                "a.cdx.xml",
                "<bom xmlns='http://cyclonedx.org/schema/bom/1.5'><components><component type='library'><name>a</name>"
                        + "<version>latest</version><version>1.0</version></component></components></bom>",
                "<version> twice");
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
