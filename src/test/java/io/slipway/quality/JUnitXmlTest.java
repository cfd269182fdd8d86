package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of tests are counted test by test; hostile ones are refused with a sentence. */
@Capability("4.1")
class JUnitXmlTest {

    /** The figures stand in {@code junit/README.md} with the reasons; they were counted by hand. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    TEST-io.olamy.FlakyTest.xml,        1, 0, 0, 1
                    junit-report-1463.xml,              6, 0, 0, 0
                    junit-report-bad-duration.xml,      2, 0, 0, 0
                    junit-report-errror-details.xml,    1, 1, 0, 0
                    junit-report-nested-testsuites.xml, 3, 1, 0, 0
                    junit-report-with-properties.xml,   2, 1, 0, 0
                    skippedTestResult.xml,              1, 0, 1, 0
                    """)
    void countsReportsFromTheFieldAsPeopleDo(String file, int total, int failed, int skipped, int flaky)
            throws Exception {
        try (InputStream in = field(file)) {
            assertThat(JUnitXml.read(in))
                    .extracting(TestReport::total, TestReport::failed, TestReport::skipped, TestReport::flaky)
                    .containsExactly(total, failed, skipped, flaky);
        }
    }

    @Test
    void refusesAnExternalEntityWithAClearSentence() throws IOException {
        try (InputStream in = field("testXxe-xxe.xml")) {
            assertThatExceptionOfType(ReportRefused.class)
                    .isThrownBy(() -> JUnitXml.read(in))
                    .withMessageContaining("document type")
                    .withMessageContaining("please hand in a report without one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE testsuite><testsuite/>",
                "<!DOCTYPE testsuite [<!ENTITY a \"x\">]><testsuite name='&a;'/>",
                "<!DOCTYPE testsuite SYSTEM \"http://127.0.0.1:1/x.dtd\"><testsuite/>",
                "<!DOCTYPE t [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><testsuite>&c;</testsuite>"
            })
    void refusesEveryDocumentType(String report) {
        assertRefused(report, "document type");
    }

    @Test
    void refusesAnEntityThatNobodyDefined() {
        assertRefused("<testsuite><testcase name='a'>&oob;</testcase></testsuite>", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <checkstyle/>                            | begins with <checkstyle>
                    <testsuite><testcase>                    | no well-formed XML at line 1
                    not xml at all                           | no well-formed XML
                    <testsuite/><testsuite/>                 | no well-formed XML
                    <testsuite><testcase name="a"><testcase name="b"/></testcase></testsuite> | test within the test a
                    """)
    void saysWhatIsWrongWithAFileThatIsNoReport(String report, String sentence) {
        assertRefused(report, sentence);
    }

    @Test
    void refusesAnEmptyFile() {
        assertRefused("", "no well-formed XML");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertRefused("<testsuite>".repeat(101) + "</testsuite>".repeat(101), "nested deeper than 100");
        assertThat(read("<testsuite>".repeat(100) + "</testsuite>".repeat(100)).total())
                .isZero();
    }

    @Test
    void refusesMoreTestsThanTheLimit() {
        assertRefused("<testsuite>" + "<testcase/>".repeat(200_001) + "</testsuite>", "more than 200000 tests");
    }

    @Test
    void refusesMoreElementsThanTheLimit() {
        assertRefused("<testsuite>" + "<x/>".repeat(2_000_000) + "</testsuite>", "more than 2000000 elements");
    }

    @Test
    void readsAsFailedWhatNeverPassedWhenRepeated() {
        TestReport report = read("""
                <testsuite>
                  <testcase name="a"><failure/><rerunFailure/></testcase>
                  <testcase name="b"><rerunError/></testcase>
                  <testcase name="c"><flakyError/></testcase>
                  <testcase name="d"><flakyFailure/><failure/></testcase>
                </testsuite>
                """);

        assertThat(report)
                .extracting(TestReport::total, TestReport::failed, TestReport::flaky)
                .containsExactly(4, 3, 1);
        assertThat(report.failures()).containsExactly("a", "b", "d");
    }

    @Test
    void believesTheWorseOfAttributeAndElement() {
        TestReport report = read("""
                <testsuite>
                  <testcase name="a" status="failed"/>
                  <testcase name="b" status="notrun"/>
                  <testcase name="c" status="run" result="suppressed"/>
                  <testcase name="d" status="passed"><skipped/></testcase>
                  <testcase name="e" status="run" result="completed"/>
                </testsuite>
                """);

        assertThat(report)
                .extracting(TestReport::total, TestReport::failed, TestReport::skipped)
                .containsExactly(5, 1, 3);
    }

    @Test
    void countsAFailureOfTheTestAloneAndNotOneNestedInItsOutput() {
        TestReport report =
                read("<testsuite><testcase name='a'><system-out><failure/></system-out></testcase></testsuite>");

        assertThat(report.failed()).isZero();
    }

    @Test
    void trustsNoCountOfTheSuite() {
        TestReport report =
                read("<testsuite tests='7' failures='0'><testcase name='a'><failure/></testcase></testsuite>");

        assertThat(report).extracting(TestReport::total, TestReport::failed).containsExactly(1, 1);
        assertThat(report.remarks()).containsExactly("The report announces 7 tests; 1 were counted.");
    }

    /** Columns: a report, then tests, failed, skipped, and what is remarked. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <testsuite><testcase name='a' status='fail'/></testsuite>                                          | 1 | 1 | 0 |
                    <testsuite><testcase name='a' status='broken'/></testsuite>                                        | 1 | 1 | 0 | unknown state 'broken'
                    <testsuite><testcase name='a' result='timeout'/></testsuite>                                       | 1 | 1 | 0 | unknown state 'timeout'
                    <testsuite><testcase name='a' status='run' result='completed'/></testsuite>                        | 1 | 0 | 0 |
                    <testsuite><testcase name='a' status='notrun' result='suppressed'/></testsuite>                    | 1 | 0 | 1 |
                    <testsuite><testcase name='a' skipped='true'/><testcase name='b' executed='false'/></testsuite>    | 2 | 0 | 2 |
                    <testsuite><testcase name='a' disabled='true'/><testcase name='b' disabled='false'/></testsuite>   | 2 | 0 | 1 |
                    <testsuites><testsuite name='s'><testcase name='a'/></testsuite><failure/></testsuites>            | 2 | 1 | 0 | run failed as a whole
                    <testsuite name='s' errors='1'><testcase name='a'/></testsuite>                                    | 1 | 0 | 0 | announces 1 failures and errors
                    <testsuite name='s' errors='1'><testcase name='a'><error/></testcase></testsuite>                  | 1 | 1 | 0 |
                    """)
    void takesWhatItDoesNotKnowForTheWorst(String report, int total, int failed, int skipped, String remark) {
        TestReport read = read(report);

        assertThat(read)
                .extracting(TestReport::total, TestReport::failed, TestReport::skipped)
                .containsExactly(total, failed, skipped);
        if (remark == null) {
            assertThat(read.remarks()).isEmpty();
        } else {
            assertThat(read.remarks()).anyMatch(sentence -> sentence.contains(remark));
        }
    }

    @Test
    void readsDurationsWithEitherDecimalPoint() throws Exception {
        String report = "<testsuite><testcase name='a' time='1,5'/><testcase name='b' time='1,234.5'/>"
                + "<testcase name='c' time='2.25'/></testsuite>";

        assertThat(JUnitXml.readWhole(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)))
                        .cases())
                .extracting(JUnitXml.Case::millis)
                .containsExactly(1_500L, 1_234_500L, 2_250L);
    }

    @Test
    void namesOddDurations() {
        TestReport report = read("""
                <testsuite tests="5">
                  <testcase classname="C" name="a" time="-1"/><testcase name="b" time="soon"/><testcase name="c" time="1,234.5"/>
                  <testcase name="d" time="NaN"/><testcase name="e" time=""/>
                </testsuite>
                """);

        assertThat(report.total()).isEqualTo(5);
        assertThat(report.remarks())
                .containsExactly(
                        "C.a has the negative duration '-1'.",
                        "b has the duration 'soon', which is no number.",
                        "d has the duration 'NaN', which is no number.");
    }

    @Test
    void remarksThatAReportWithoutTestsCountsAsAFailure() {
        assertThat(read("<testsuites/>").remarks())
                .containsExactly("The report has no test, which counts as a failure.");
    }

    @Test
    void keepsListsAndNamesShort() {
        TestReport report = read(
                "<testsuite>" + ("<testcase time='x' name='" + "n".repeat(500) + "'><failure/></testcase>").repeat(50)
                        + "</testsuite>");

        assertThat(report.failed()).isEqualTo(50);
        assertThat(report.failures()).hasSize(20).allSatisfy(name -> assertThat(name)
                .hasSizeLessThan(210));
        assertThat(report.remarks()).hasSize(21).last().isEqualTo("There are 30 more remarks.");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <fürs/>                                                                                   | ISO-8859-1 | or else UTF-8
                    <testsuite name="für"/>                                                                   | ISO-8859-1 | UTF-8 at line 1
                    <?xml version="1.0" encoding="US-ASCII"?><testsuite><testcase name="für"/></testsuite>    | UTF-8      | US-ASCII at line 1
                    """)
    void saysOfBytesThatAreNotOfItsEncodingThatTheFileIsWrong(String report, String charset, String sentence) {
        assertThatExceptionOfType(ReportRefused.class)
                .isThrownBy(() -> JUnitXml.read(new ByteArrayInputStream(report.getBytes(Charset.forName(charset)))))
                .withMessageContainingAll("bytes that are not of its encoding", sentence, "save it as UTF-8");
    }

    @Test
    void readsTheEncodingThatItDeclares() throws Exception {
        byte[] report =
                "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='für'><failure/></testcase></testsuite>"
                        .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(JUnitXml.read(new ByteArrayInputStream(report)).failures()).containsExactly("für");
    }

    @Test
    void passesOnThatTheFileCannotBeRead() {
        InputStream broken = new SequenceInputStream(bytes("<testsuite>"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });

        assertThatIOException().isThrownBy(() -> JUnitXml.read(broken)).withMessage("gone");
    }

    private static void assertRefused(String report, String sentence) {
        assertThatExceptionOfType(ReportRefused.class)
                .isThrownBy(() -> JUnitXml.read(bytes(report)))
                .withMessageContaining(sentence);
    }

    private static TestReport read(String report) {
        try {
            return JUnitXml.read(bytes(report));
        } catch (IOException | ReportRefused e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream field(String file) {
        return Objects.requireNonNull(JUnitXmlTest.class.getResourceAsStream("/junit/" + file), file);
    }
}
