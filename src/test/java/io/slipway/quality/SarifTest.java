package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of scanners are counted result by result; hostile ones are refused with a sentence. */
@Capability({"4.1", "4.3"})
class SarifTest {

    /** The figures stand in {@code sarif/README.md} with the reasons; they were counted by hand. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    appendix_k.sarif,       1, 1, 0,  0, 0, 1
                    dockle_0_3_15.sarif,    1, 1, 0,  3, 0, 0
                    flawfinder.sarif,       1, 2, 1, 50, 1, 0
                    gitleaks_7.5.0.sarif,   1, 0, 8,  0, 0, 0
                    no_runs.sarif,          0, 0, 0,  0, 0, 0
                    spotbugs.sarif,         1, 0, 0, 56, 0, 0
                    suppression_test.sarif, 1, 0, 5,  0, 0, 3
                    """)
    void countsReportsFromTheFieldAsPeopleDo(
            String file, int runs, int errors, int warnings, int notes, int none, int requests) throws Exception {
        try (InputStream in = field(file)) {
            ReadEvidence.Scan read = (ReadEvidence.Scan) EvidenceFormats.read(in);

            assertThat(read.report())
                    .extracting(
                            ScanReport::runs,
                            ScanReport::errors,
                            ScanReport::warnings,
                            ScanReport::notes,
                            ScanReport::others,
                            ScanReport::requests)
                    .containsExactly(runs, errors, warnings, notes, none, requests);
            assertThat(read.results()).hasSize(read.report().results());
        }
    }

    @Test
    void readsPlaceCodeAndIdentityOfAResult() {
        ScanResult result = read("""
                {"version": "2.1.0", "runs": [{
                  "results": [{"ruleId": "R1/a", "ruleIndex": 0, "message": {"text": "${7*7}"},
                    "partialFingerprints": {"primaryLocationLineHash": "39fa2ee980eb94b0:1"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"index": 0},
                      "region": {"startLine": 12, "snippet": {"text": "eval(x)"}}}}]}],
                  "artifacts": [{"location": {"uri": "src/a.js"}}],
                  "tool": {"driver": {"name": "T", "rules": [{"id": "R1", "defaultConfiguration": {"level": "error"}}]}}}]}
                """).results().get(0);

        assertThat(result.rule()).isEqualTo("R1/a");
        assertThat(result.level()).isEqualTo(ScanResult.Level.ERROR);
        assertThat(result.path()).isEqualTo("src/a.js");
        assertThat(result.line()).isEqualTo(12);
        assertThat(result.snippet()).isEqualTo("eval(x)");
        assertThat(result.message()).isEqualTo("${7*7}");
        assertThat(result.fingerprints()).containsEntry("primaryLocationLineHash", "39fa2ee980eb94b0:1");
    }

    @Test
    void saysAMessageOfARuleWithItsArguments() {
        assertThat(read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T", "rules": [
                    {"id": "a", "messageStrings": {"default": {"text": "Found {0} in {1}, {7}"}}}]}},
                  "results": [{"ruleId": "a", "ruleIndex": 0, "message": {"id": "default", "arguments": ["$1", "b"]}}]}]}
                """).results().get(0).message()).isEqualTo("Found $1 in b, {7}");
    }

    @Test
    void aSuppressionThatWasRejectedAsksForNothing() {
        assertThat(read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [
                  {"ruleId": "a", "suppressions": [{"kind": "external", "status": "rejected"}]},
                  {"ruleId": "b", "suppressions": [{"kind": "inSource"}]}]}]}
                """).report().requests()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "src/A.java,                                   {},                                                 src/A.java",
        "./src/A.java,                                 {},                                                 src/A.java",
        "file:///home/ci/build42/src/A.java,           {},                                                 src/A.java",
        "file:///C:/ci/7/src/A.java,                   {},                                                 src/A.java",
        "C:\\ci\\7\\src\\A.java,                       {},                                                 src/A.java",
        "file:///home/ci/42/app/A.java, '{\"ROOT\": {\"uri\": \"file:///home/ci/42/\"}}', app/A.java",
        "/home/ci/42/app/A.java,        '{\"ROOT\": {\"uri\": \"file:///home/ci/42\"}}',  app/A.java",
        "/home/ci/42/app/x/A.java,      {},                                                 app/x/A.java"
    })
    void aFileIsTheSameInEveryDirectoryThatItIsScannedIn(String uri, String roots, String path) {
        assertThat(read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "originalUriBaseIds": %s,
                  "results": [{"ruleId": "R", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "%s"}}}]}]}]}
                """.formatted(roots, uri.replace("\\", "\\\\")))
                        .results()
                        .get(0)
                        .path())
                .isEqualTo(path);
    }

    @Test
    void theSameCodeTwiceInAFileIsTwoFindingsAndFindsThemAgain() {
        String scan = """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [
                  {"ruleId": "R", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"},
                    "region": {"startLine": %d, "snippet": {"text": "eval(x)"}}}}]},
                  {"ruleId": "R", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"},
                    "region": {"startLine": %d, "snippet": {"text": "eval(x)"}}}}]}]}]}
                """;

        assertThat(Findings.distinct(read(scan.formatted(10, 20)).results()))
                .hasSize(2)
                .containsOnlyKeys(Findings.distinct(read(scan.formatted(35, 12)).results())
                        .keySet());
        assertThat(Findings.distinct(read(scan.formatted(10, 10)).results())).hasSize(1);
    }

    /** Columns: rules of the driver, extensions, invocations, a result, errors, warnings, notes; sections of SARIF 2.1.0 say why. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                         | [{"name": "q", "rules": [{"id": "j/a", "defaultConfiguration": {"level": "error"}}]}] | [] | {"rule": {"id": "j/a", "index": 0, "toolComponent": {"index": 0}}} | 1 | 0 | 0
                    []                         | [{"name": "q", "rules": [{"id": "j/a", "defaultConfiguration": {"level": "error"}}]}] | [] | {"ruleId": "j/a"} | 1 | 0 | 0
                    [{"id": "d", "defaultConfiguration": {"level": "note"}}] | [{"name": "q", "rules": [{"id": "e", "defaultConfiguration": {"level": "error"}}]}] | [] | {"rule": {"index": 0, "toolComponent": {"index": 0}}} | 1 | 0 | 0
                    [{"id": "d", "defaultConfiguration": {"level": "note"}}] | [{"name": "q", "rules": [{"id": "e", "defaultConfiguration": {"level": "error"}}]}] | [] | {"rule": {"index": 0, "toolComponent": {"name": "q"}}} | 1 | 0 | 0
                    [{"id": "d", "defaultConfiguration": {"level": "note"}}] | [{"name": "q", "rules": [{"id": "e", "defaultConfiguration": {"level": "error"}}]}] | [] | {"ruleId": "d", "ruleIndex": 0} | 0 | 0 | 1
                    [{"id": "a", "guid": "g1", "defaultConfiguration": {"level": "error"}}] | [] | [] | {"rule": {"guid": "g1"}} | 1 | 0 | 0
                    [{"id": "CA1", "defaultConfiguration": {"level": "error"}}] | [] | [] | {"ruleId": "CA1/x/y"} | 1 | 0 | 0
                    [{"id": "CA1"}, {"id": "CA12", "defaultConfiguration": {"level": "error"}}] | [] | [] | {"ruleId": "CA12", "ruleIndex": 0} | 1 | 0 | 0
                    [{"id": "a", "defaultConfiguration": {"level": "note"}}] | [] | [{"executionSuccessful": true, "ruleConfigurationOverrides": [{"descriptor": {"index": 0}, "configuration": {"level": "error"}}]}] | {"ruleId": "a", "provenance": {"invocationIndex": 0}} | 1 | 0 | 0
                    [{"id": "a", "defaultConfiguration": {"level": "note"}}] | [] | [{"executionSuccessful": true, "ruleConfigurationOverrides": [{"descriptor": {"id": "a"}, "configuration": {"level": "error"}}]}] | {"ruleId": "a", "level": "warning"} | 0 | 1 | 0
                    [] | [] | [] | {"ruleId": "a", "level": "error", "baselineState": "absent"}    | 0 | 0 | 0
                    [] | [] | [] | {"ruleId": "a", "level": "error", "baselineState": "unchanged"} | 1 | 0 | 0
                    [] | [] | [] | {"ruleId": "a", "kind": "open"}                                 | 0 | 0 | 0
                    [] | [] | [] | {"ruleId": "a", "kind": "review", "level": "error"}             | 1 | 0 | 0
                    """)
    void findsTheLevelOfAResultWhereverItStands(
            String rules, String extensions, String invocations, String result, int errors, int warnings, int notes) {
        assertThat(read("""
                {"version": "2.1.0", "runs": [{"results": [%s], "invocations": %s,
                  "tool": {"extensions": %s, "driver": {"name": "T", "rules": %s}}}]}
                """.formatted(result, invocations, extensions, rules)).report())
                .extracting(ScanReport::runs, ScanReport::errors, ScanReport::warnings, ScanReport::notes)
                .containsExactly(1, errors, warnings, notes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                    | 0 | and it found nothing, so it did not scan
                    [{"ruleId": "a", "level": "warning"}] | 1 | it may have missed something
                    """)
    void aRunThatFailedAndFoundNothingDidNotScan(String results, int runs, String remark) {
        ReadEvidence.Scan scan = read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": %s,
                  "invocations": [{"executionSuccessful": true}, {"executionSuccessful": false}]}]}
                """.formatted(results));

        assertThat(scan.report().runs()).isEqualTo(runs);
        assertThat(scan.remarks()).anyMatch(said -> said.contains(remark));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    toolExecutionNotifications     | {"level": "error", "message": {"text": "parser crashed"}}  | []                                    | 0 | had an error (parser crashed), and it found nothing, so it did not scan
                    toolExecutionNotifications     | {"level": "error", "message": {"text": "parser crashed"}}  | [{"ruleId": "a", "level": "warning"}] | 1 | had an error (parser crashed); it may have missed something
                    toolConfigurationNotifications | {"level": "error", "descriptor": {"id": "no-such-rule"}}   | []                                    | 0 | had an error (no-such-rule), and it found nothing
                    toolExecutionNotifications     | {"level": "fatal"}                                         | []                                    | 0 | had an error (it does not say which)
                    toolExecutionNotifications     | {"level": "warning", "message": {"text": "slow"}}          | []                                    | 1 |
                    toolExecutionNotifications     | {"message": {"text": "slow"}}                              | []                                    | 1 |
                    """)
    void aRunWhoseToolTellsOfAnErrorOfItsOwnMayHaveMissedSomething(
            String kind, String notification, String results, int runs, @Nullable String remark) {
        ReadEvidence.Scan scan = read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": %s,
                  "invocations": [{"executionSuccessful": true, "%s": [%s]}]}]}
                """.formatted(results, kind, notification));

        assertThat(scan.report().runs()).isEqualTo(runs);
        if (remark == null) {
            assertThat(scan.remarks()).isEmpty();
        } else {
            assertThat(scan.remarks()).anyMatch(said -> said.contains(remark));
        }
    }

    /** Columns: what stands in the run, what stands beside the runs, the sentence. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "externalPropertyFileReferences": {"results": [{"location": {"uri": "r.sarif-external-properties"}, "itemCount": 3}]} | "x": 0 | keeps its results in other files
                    "externalPropertyFileReferences": {"results": [{"guid": "g"}]}                                                       | "x": 0 | keeps its results in other files
                    "externalPropertyFileReferences": {"invocations": [{"guid": "g", "itemCount": 1}]}                                   | "x": 0 | keeps its invocations in other files
                    "externalPropertyFileReferences": {"driver": {"guid": "g"}}                                                          | "x": 0 | keeps its driver in other files
                    "inlineExternalProperties": [{"results": [{"ruleId": "a", "level": "error"}]}]                                       | "x": 0 | keeps results outside of its runs
                    "x": 0 | "inlineExternalProperties": [{"runGuid": "g"}, {"results": [{"ruleId": "a", "level": "error"}]}]            | keeps results outside of its runs
                    "x": 0 | "inlineExternalProperties": [{"invocations": [{"executionSuccessful": false}]}]                             | keeps invocations outside of its runs
                    """)
    void refusesAReportWhoseResultsAreKeptElsewhere(String inRun, String besideRuns, String sentence) {
        assertRefused("""
                {"version": "2.1.0", %s, "runs": [{"tool": {"driver": {"name": "T"}}, "results": [], %s}]}
                """.formatted(besideRuns, inRun), sentence);
    }

    @Test
    void whatIsKeptElsewhereAndHoldsNothingThatCountsIsNoReasonToRefuse() {
        assertThat(read("""
                {"version": "2.1.0", "inlineExternalProperties": [{"results": [], "artifacts": [{"length": 1}]}],
                  "runs": [{"tool": {"driver": {"name": "T"}}, "results": [{"ruleId": "a", "level": "error"}],
                  "externalPropertyFileReferences": {"results": [{"guid": "g", "itemCount": 0}], "artifacts": [{"guid": "h"}]}}]}
                """).report().errors()).isOne();
    }

    @Test
    void keepsNoCharacterThatControlsADevice() {
        ScanResult result = read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [{"ruleId": "a",
                  "message": {"text": "a\\u0000b\\u001b[2J\\nc"}, "suppressions": [{"justification": "x\\u0007y"}],
                  "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/\\u0000A.java"},
                    "region": {"snippet": {"text": "if\\u0000\\n\\tx"}}}}]}]}]}
                """).results().get(0);

        assertThat(result.message()).isEqualTo("a b [2J\nc");
        assertThat(result.path()).isEqualTo("src/ A.java");
        assertThat(result.snippet()).isEqualTo("if \n\tx");
        assertThat(result.justification()).isEqualTo("x y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"runs": []}                                          | 'version' is missing
                    {"version": "2.1.0"}                                  | 'runs' is missing
                    {"version": "2.0.0", "runs": []}                      | version 2.1.0 is expected
                    {"version": "2.1.0", "runs": {}}                      | 'runs' is no list
                    {"version": "2.1.0", "runs": [1]}                     | a run is no object
                    {"version": "2.1.0", "runs": [{"results": []}]}       | does not name its tool
                    {"version": "2.1.0", "runs": [], "runs": []}          | no well-formed JSON
                    {"version": "2.1.0", "runs": []} {}                   | goes on after the report's end
                    {"version": "2.1.0", "runs": [                        | no well-formed JSON
                    []                                                    | is no JSON object
                    {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [7]}]} | a result is no object
                    """)
    void saysWhatIsWrongWithAFileThatIsNoReport(String report, String sentence) {
        assertRefused(report, sentence);
    }

    @Test
    void refusesJsonThatIsAMillionLevelsDeepWhereverItStands() {
        String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
        assertRefused(deep, "no JSON object");
        assertRefused("{\"x\": " + deep + "}", "deeper than 200");
        assertRefused(
                "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"T\"}}, \"results\": [{\"x\": "
                        + deep + "}]}]}",
                "deeper than 200");
        assertRefused("{\"a\":".repeat(1_000_000), "deeper than 200");
    }

    @Test
    void saysOfBytesThatAreNotOfItsEncodingThatTheFileIsWrong() {
        byte[] wide = "{\"version\": \"2.1.0\", \"x\": \"y\"}".getBytes(Charset.forName("UTF-32BE"));
        // No character has a number as high as this.
        wide[wide.length - 8] = 0x7f;
        for (byte[] report : List.of(wide, "{\"version\": \"für\"}".getBytes(StandardCharsets.ISO_8859_1))) {
            assertThatExceptionOfType(ReportRefused.class)
                    .isThrownBy(() -> EvidenceFormats.read(new ByteArrayInputStream(report)));
        }
    }

    @Test
    void refusesMoreResultsThanTheLimit() {
        assertRefused(
                "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"T\"}}, \"results\": ["
                        + "{},".repeat(Sarif.MOST_RESULTS) + "{}]}]}",
                "more than 50000 results");
    }

    @Test
    void countsAnUnknownLevelAsTheWorst() {
        ReadEvidence.Scan read = read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [{"level": "fatal"}]}]}
                """);

        assertThat(read.report().errors()).isEqualTo(1);
        assertThat(read.remarks()).singleElement().asString().contains("unknown level 'fatal'");
    }

    @Test
    void aRunWithoutResultsDidNotScan() {
        ReadEvidence.Scan read = read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": null}]}
                """);

        assertThat(read.report().runs()).isZero();
        assertThat(read.remarks()).anySatisfy(remark -> assertThat(remark).contains("counts as no scan"));
    }

    /** What identifies a finding is neither its line nor where the sources lay. */
    @Test
    void identityIsFingerprintsThenCodeThenMessage() {
        assertThat(identity(5, "src/a.c", "strcpy(a, b)")).isEqualTo(identity(90, "./src/a.c", "strcpy(a,  b)"));
        assertThat(identity(5, "src/a.c", "strcpy(a, b)")).isNotEqualTo(identity(5, "src/b.c", "strcpy(a, b)"));
        assertThat(identity(5, "src/a.c", "strcpy(a, b)")).isNotEqualTo(identity(5, "src/a.c", "strcpy(a, c)"));
    }

    private static String identity(int line, String path, String snippet) {
        return Findings.fingerprint(
                read("""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "T"}}, "results": [{"ruleId": "R",
                  "locations": [{"physicalLocation": {"artifactLocation": {"uri": "%s"},
                    "region": {"startLine": %d, "snippet": {"text": "%s"}}}}]}]}]}
                """.formatted(path, line, snippet)).results().get(0));
    }

    private static void assertRefused(String report, String sentence) {
        assertThatExceptionOfType(ReportRefused.class)
                .isThrownBy(() -> EvidenceFormats.read(bytes(report)))
                .withMessageContaining(sentence);
    }

    private static ReadEvidence.Scan read(String report) {
        try {
            return (ReadEvidence.Scan) EvidenceFormats.read(bytes(report));
        } catch (IOException | ReportRefused e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream field(String file) {
        return Objects.requireNonNull(SarifTest.class.getResourceAsStream("/sarif/" + file), file);
    }
}
