package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coverage is read from the counters of the whole report; the declaration that JaCoCo writes is harmless, and no other is. */
@Capability("4.1")
class JacocoXmlTest {

    private static final String DECLARED =
            "<?xml version=\"1.0\"?><!DOCTYPE report PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\">";

    @Test
    void readsTheCountersOfTheWholeReportAsItsReadmeCountsThem() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(JacocoXmlTest.class.getResourceAsStream("/jacoco/storefront.xml"))) {
            CoverageReport report = ((ReadEvidence.Coverage) EvidenceFormats.read(in)).report();

            assertThat(report.counter("LINE")).contains(new CoverageReport.Counter("LINE", 30, 90));
            assertThat(report.counter("BRANCH")).contains(new CoverageReport.Counter("BRANCH", 10, 14));
            assertThat(report.percent()).contains(75);
        }
    }

    /** Nothing is there at the address; it is never asked. */
    @Test
    void neitherFetchesNorExpandsWhatTheDeclarationNames() {
        assertThat(read(DECLARED.replace("report.dtd", "http://127.0.0.1:1/report.dtd")
                                + "<report name='a'><counter type='LINE' missed='1' covered='1'/></report>")
                        .report()
                        .percent())
                .contains(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    UTF-8    | <?xml version="1.0"?><!-- made by - a build --><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
                    UTF-8    | <!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN' 'report.dtd'>
                    UTF-8    | <?xml version="1.0"?><?xml-stylesheet href="x.xsl"?>
                    UTF-16   | <?xml version="1.0" encoding="UTF-16"?>
                    UTF-16LE | \ufeff<?xml version="1.0" encoding="UTF-16"?>
                    """)
    void knowsAReportByItsRootWhateverStandsBeforeIt(String charset, String prolog) throws Exception {
        byte[] report = (prolog + "<report name='a'><counter type='LINE' missed='1' covered='3'/></report>")
                .getBytes(Charset.forName(charset));

        assertThat(((ReadEvidence.Coverage) EvidenceFormats.read(new ByteArrayInputStream(report)))
                        .report()
                        .percent())
                .contains(75);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE report PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\" [<!ENTITY a \"x\">]><report name='&a;'/>",
                "<!DOCTYPE report SYSTEM \"http://127.0.0.1:1/x.dtd\"><report/>",
                "<!DOCTYPE report [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><report name='a'>&a;</report>",
                "<!DOCTYPE report PUBLIC \"-//EVIL//DTD Report 1.1//EN\" \"report.dtd\"><report/>"
            })
    void refusesEveryOtherDocumentType(String report) {
        assertRefused(report, "document type");
    }

    @Test
    void refusesAnEntityThatOnlyTheDeclarationCouldDefine() {
        assertRefused(DECLARED + "<report name='a'>&oob;</report>", "");
        assertRefused(DECLARED + "<!DOCTYPE report [<!ENTITY a 'x'>]><report/>", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <counter type='LINE' missed='-1' covered='1'/> | has the number '-1'
                    <counter type='LINE' missed='1'/>              | has the number '(unnamed)'
                    <counter type='WORDS' missed='1' covered='1'/> | unknown type 'WORDS'
                    <counter type='LINE' missed='1' covered='1'/><counter type='LINE' missed='0' covered='1'/> | twice
                    <package>                                      | no well-formed XML
                    """)
    void saysWhatIsWrong(String content, String sentence) {
        assertRefused(DECLARED + "<report name='a'>" + content + "</report>", sentence);
    }

    @Test
    void saysOfBytesThatAreNotOfItsEncodingThatTheFileIsWrong() {
        byte[] report = (DECLARED + "<report name='für'/>").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(ReportRefused.class)
                .isThrownBy(() -> EvidenceFormats.read(new ByteArrayInputStream(report)))
                .withMessageContainingAll("bytes that are not of its encoding", "UTF-8");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertRefused(
                DECLARED + "<report>" + "<group>".repeat(100) + "</group>".repeat(100) + "</report>",
                "nested deeper than 100");
    }

    @Test
    void aReportThatMeasuredNoLineProvesNothing() {
        ReadEvidence.Coverage read = read(DECLARED + "<report name='a'/>");

        assertThat(read.report().percent()).isEmpty();
        assertThat(read.remarks()).singleElement().asString().contains("counts as no report");
    }

    private static void assertRefused(String report, String sentence) {
        assertThatExceptionOfType(ReportRefused.class)
                .isThrownBy(() -> EvidenceFormats.read(bytes(report)))
                .withMessageContaining(sentence);
    }

    private static ReadEvidence.Coverage read(String report) {
        try {
            return (ReadEvidence.Coverage) EvidenceFormats.read(bytes(report));
        } catch (IOException | ReportRefused e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
