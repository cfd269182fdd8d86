package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.platform.process.RuleTables;
import io.slipway.quality.selection.TestSelection;
import io.slipway.quality.selection.TestSelections;
import io.slipway.release.ApprovalPart;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.NotPermitted;
import io.slipway.release.Obligations;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import io.slipway.release.SideProcesses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Evidence, verdicts and waivers on a real database, a real store and the real table. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.quality.report=10KB",
            "slipway.quality.reports=3",
            "slipway.quality.longest-waiver=P10D"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Gates.class, Findings.class, QualityPart.class, QualityCondition.class})
@MockitoBean(types = SideProcesses.class)
@Capability({"4.1", "X1", "X3"})
@SuppressWarnings("NullAway.Init")
class GatesTest {

    private static final String QUENTIN = "p-quentin";
    private static final String CARLA = "p-carla";
    private static final String GOOD = "<testsuite tests='2'><testcase name='a'/><testcase name='b'/></testsuite>";
    private static final String BAD =
            "<testsuite tests='2'><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>";
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    /** A clock that a test moves. */
    static final class Time extends Clock {

        private Instant now = NOW;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration
    @EnableConfigurationProperties(GateSettings.class)
    @ComponentScan("io.slipway.integration.artifacts")
    static class Ground {

        @Bean
        Time clock() {
            return new Time();
        }
    }

    @Autowired
    private Gates gates;

    @Autowired
    private QualityPart part;

    @Autowired
    private QualityCondition condition;

    @Autowired
    private Time time;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private org.springframework.core.env.Environment environment;

    @MockitoBean
    private Obligations obligations;

    @MockitoBean
    private TestSelections selections;

    @MockitoBean
    private SealedPackages packages;

    @MockitoBean
    private Landscape landscape;

    @MockitoBean
    private LiveSystems lives;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private Permissions permissions;

    @MockitoBean
    private PinnedDecisions decisions;

    @MockitoBean
    private RuleTables tables;

    @MockitoBean
    private AuditTrail audit;

    @MockitoBean
    private OpenBriefs briefs;

    private final Release release = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());

    @BeforeEach
    void ground() {
        time.now = NOW;
        for (String table : List.of("gate_waiver", "gate_verdict", "gate_evaluation", "gate_evidence")) {
            jdbc.update("delete from " + table);
        }
        List<Environment> route = List.of(placeNamed("development"), placeNamed("staging"));
        when(landscape.route("storefront", release.urgency())).thenReturn(route);
        when(releases.get(release.id())).thenReturn(release);
        when(tables.open(release.key(), "gate-verdict")).thenAnswer(call -> GateJudgeTest.table());
        when(decisions.evaluate(eq(release.key()), eq("gate-verdict"), any())).thenAnswer(call -> {
            Map<String, Object> facts = call.getArgument(2);
            return new PinnedDecisions.Answer(
                    "gate-verdict",
                    3,
                    List.of(GateJudgeTest.table().evaluate(facts).orElseThrow().value()));
        });
        when(lives.of(eq("storefront"), any())).thenAnswer(call -> packages.present(release)
                .map(present -> new LiveSystems.Live("2.4.0", present.digest(), "http://127.0.0.1:1")));
        seal(1, "1");
    }

    @Test
    void judgesOnlyThePackageThatTheEnvironmentRuns() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);
        when(lives.of("storefront", "staging"))
                .thenReturn(Optional.of(new LiveSystems.Live("2.4.0", digest("2"), "http://127.0.0.1:1")));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.evaluate(release, "staging"))
                .withMessageContaining("staging runs the package " + digest("2"))
                .withMessageContaining("please move the token back to the step 'Deploy release'");
        when(lives.of("storefront", "staging")).thenReturn(Optional.empty());
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.evaluate(release, "staging"))
                .withMessageContaining("staging runs nothing");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.recordVerdict(release, "staging", "PASSED"))
                .withMessageContaining("has not been evaluated");

        assertThat(gates.evaluate(release, "development").testsTotal()).isZero();
    }

    @Test
    void passesOnGoodEvidenceAndSaysWhy() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);

        GateVerdict verdict = judge("staging", "PASSED");

        assertThat(verdict.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict.packageDigest()).isEqualTo(digest("1"));
        GateStanding standing = gates.standing(release, "staging");
        assertThat(standing.state()).isEqualTo(GateStanding.State.PASSED);
        GateExplanation explanation = standing.verdict().orElseThrow().explanation();
        assertThat(explanation.facts()).isEqualTo(GateFacts.ofTests("staging", "MINOR", true, 2, 0, 0, 0));
        assertThat(explanation.rule().id()).isEqualTo("rule_passed");
        assertThat(explanation.rule().version()).isEqualTo(3);
        assertThat(explanation.criteria()).hasSize(9).allMatch(GateExplanation.Criterion::met);
        assertThat(explanation.changes()).contains("With more than 0 failed the gate fails.");
        assertThat(explanation.evidence()).singleElement().satisfies(report -> assertThat(report.name())
                .isEqualTo("TEST-a.xml"));
    }

    @Test
    void missingEvidenceNeverPasses() {
        GateVerdict verdict = judge("staging", "FAILED");

        assertThat(verdict.explanation().rule().id()).isEqualTo("rule_noEvidence");
        assertThat(gates.standing(release, "staging").passable()).isFalse();
    }

    @Test
    void aReportWithoutTestsNeverPassesBesideAGoodOne() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);
        supply("staging", "TEST-empty.xml", "<testsuites/>");

        assertThat(gates.evaluate(release, "staging").testsFailed()).isEqualTo(1);
        assertThat(judge("staging", "FAILED").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void refusesAVerdictThatTheRecordedFiguresDoNotGive() throws IOException {
        supply("staging", "TEST-a.xml", BAD);
        gates.evaluate(release, "staging");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.recordVerdict(release, "staging", "PASSED"))
                .withMessageContaining("the decision says FAILED")
                .withMessageContaining("restore the variable 'gateVerdict'");
        assertThat(gates.standing(release, "staging").verdict()).isEmpty();
    }

    @Test
    void refusesAVerdictOnEvidenceThatNobodyEvaluated() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.recordVerdict(release, "staging", "PASSED"))
                .withMessageContaining("has not been evaluated");
    }

    @Test
    void judgesTheFiguresOfTheEvaluationAlthoughAReportArrivesMeanwhile() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);
        gates.evaluate(release, "staging");
        supply("staging", "TEST-b.xml", BAD);

        GateVerdict verdict = gates.recordVerdict(release, "staging", "PASSED");

        assertThat(verdict.explanation().evidence()).hasSize(1);
    }

    @Test
    void aLaterReportOfTheSameNameTakesThePlaceOfTheEarlierOne() throws IOException {
        supply("staging", "TEST-a.xml", BAD);
        judge("staging", "FAILED");
        supply("staging", "TEST-a.xml", GOOD);
        supply("staging", "TEST-a.xml", GOOD);

        assertThat(gates.standing(release, "staging").evidence())
                .singleElement()
                .satisfies(report -> assertThat(report.report().failed()).isZero());
        judge("staging", "PASSED");
        assertThat(gates.standing(release, "staging").state()).isEqualTo(GateStanding.State.PASSED);
    }

    @Test
    void evidenceAndVerdictLapseWithThePackage() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);
        judge("staging", "PASSED");

        seal(2, "1");
        assertThat(gates.standing(release, "staging").passable())
                .as("the same bytes packaged again are tested again")
                .isFalse();
        assertThat(gates.standing(release, "staging").evidence()).isEmpty();

        seal(1, "2");
        assertThat(gates.standing(release, "staging").passable()).isFalse();

        when(packages.present(release)).thenReturn(Optional.empty());
        assertThat(gates.standing(release, "staging").sentence()).contains("not sealed");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("staging", "TEST-a.xml", GOOD))
                .withMessageContaining("not sealed");
    }

    @Test
    void refusesFilesThatAreNoReportsAndKeepsNothingOfThem() throws IOException {
        for (String file : List.of("<r/>", "nonsense", "<!DOCTYPE testsuite><testsuite/>")) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> supply("staging", "TEST-a.xml", file))
                    .withMessageStartingWith("TEST-a.xml is refused: ")
                    .satisfies(refused -> assertThat(refused.field()).isEqualTo("file"));
        }
        byte[] latin = "<testsuite><testcase name='für'/></testsuite>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() ->
                        gates.supply(release, "staging", "TEST-latin.xml", new ByteArrayInputStream(latin), QUENTIN))
                .withMessageContainingAll("TEST-latin.xml is refused: ", "UTF-8");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("staging", "../TEST-a.xml", GOOD))
                .withMessageContaining("name of a file");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("staging", "TEST-large.xml", " ".repeat(10_241)))
                .withMessageContaining("the most for one report");
        assertThat(gates.standing(release, "staging").evidence()).isEmpty();
        verify(audit, never()).record(any());
    }

    @Test
    void takesAtMostAsManyReportsAsTheLimit() throws IOException {
        for (String name : List.of("a.xml", "b.xml", "c.xml")) {
            supply("staging", name, GOOD);
        }
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("staging", "d.xml", GOOD))
                .withMessageContaining("at most 3 reports");
    }

    @Test
    void onlyQualityAssuranceHandsIn() {
        doThrow(new NotPermitted("This is for Quality assurance."))
                .when(permissions)
                .require(eq(release), eq("p-dana"), any(Role[].class));

        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> gates.supply(release, "staging", "a.xml", bytes(GOOD), "p-dana"));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> gates.declareWhole(release, "staging", "p-dana", ""));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> gates.askWaiver(release, "staging", request(), "p-dana"));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> gates.rework(release, "staging", "p-dana", "why"));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> gates.decideWaiver(release, "staging", true, "why", "p-dana"));
    }

    @Test
    void knowsOnlyTheEnvironmentsOfTheRoute() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("production", "a.xml", GOOD))
                .withMessageContaining("'production' is no environment")
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("environment"));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> gates.evaluate(release, "production"));
    }

    @Test
    void takesNothingInAfterTheEnd() {
        ReleaseFixture.in(ReleaseState.CLOSED, release);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> supply("staging", "a.xml", GOOD))
                .withMessageContaining("has ended");
    }

    @Test
    void passesByAWaiverUntilItEnds() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        assertThat(gates.standing(release, "staging").passable()).isFalse();

        GateWaiver granted = gates.decideWaiver(release, "staging", true, "Few people print.", CARLA);
        verify(obligations)
                .openFor(
                        Obligations.NewObligation.of(
                                release,
                                "waiver/staging/" + granted.number(),
                                Obligations.Kind.WAIVER,
                                "Show that this was done in place of the waived gate of staging: "
                                        + granted.compensatingControl(),
                                Role.QA,
                                granted.expiresAt(),
                                false),
                        QUENTIN);

        verify(releases).involve(release.id(), CARLA, Part.APPROVER);
        assertThat(gates.standing(release, "staging").state()).isEqualTo(GateStanding.State.WAIVED);

        time.now = NOW.plus(Duration.ofDays(5)).minusSeconds(1);
        assertThat(gates.standing(release, "staging").passable()).isTrue();
        time.now = NOW.plus(Duration.ofDays(5));
        assertThat(gates.standing(release, "staging").passable()).isFalse();
        assertThat(gates.standing(release, "staging").sentence()).contains("The waiver of the gate of staging ended");
    }

    @Test
    void aWaiverCoversTheVerdictThatItWasAskedForAndNoOther() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        gates.decideWaiver(release, "staging", true, "Few people print.", CARLA);

        fail("staging");

        assertThat(gates.standing(release, "staging").passable()).isFalse();
        assertThat(gates.standing(release, "development").passable()).isFalse();
    }

    @Test
    void aRefusedWaiverPassesNothingAndIsNotDecidedAgain() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        GateWaiver refused = gates.decideWaiver(release, "staging", false, "Repair it.", CARLA);
        verifyNoInteractions(obligations);

        assertThat(refused.state()).isEqualTo(GateWaiver.State.REFUSED);
        assertThat(refused.decidedBy()).hasValue(CARLA);
        assertThat(gates.standing(release, "staging").passable()).isFalse();
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.decideWaiver(release, "staging", true, "After all.", CARLA))
                .withMessageContaining("No waiver has been asked for");
    }

    @Test
    void nobodyGrantsTheirOwnWaiver() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.decideWaiver(release, "staging", true, "Fine.", QUENTIN))
                .withMessageContaining("another person");
    }

    @Test
    void neitherRequesterNorAuthorGrantsAWaiver() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        doThrow(new Refused("Whoever requested a release is another person."))
                .when(releases)
                .involve(release.id(), "p-rita", Part.APPROVER);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.decideWaiver(release, "staging", true, "Fine.", "p-rita"));
        assertThat(gates.standing(release, "staging").passable()).isFalse();
    }

    @Test
    void aWaiverNeedsReasonControlAndAnEndInTime() throws IOException {
        fail("staging");
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        assertWaiverRefused(new WaiverRequest(" ", "control", tomorrow), "gateReason");
        assertWaiverRefused(new WaiverRequest("reason", "", tomorrow), "compensatingControl");
        assertWaiverRefused(new WaiverRequest("reason", "x".repeat(2001), tomorrow), "compensatingControl");
        assertWaiverRefused(new WaiverRequest("reason", "control", NOW), "waiverExpires");
        assertWaiverRefused(
                new WaiverRequest(
                        "reason", "control", NOW.plus(Duration.ofDays(10)).plusMillis(1)),
                "waiverExpires");
        gates.askWaiver(
                release, "staging", new WaiverRequest("reason", "control", NOW.plus(Duration.ofDays(10))), QUENTIN);
    }

    @Test
    void aWaiverWhoseTimePassedWhileItWaitedIsNotGranted() throws IOException {
        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        time.now = NOW.plus(Duration.ofDays(6));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.decideWaiver(release, "staging", true, "Late.", CARLA))
                .withMessageContaining("has passed");
    }

    @Test
    void aGateThatDidNotFailNeedsNoWaiver() throws IOException {
        supply("staging", "TEST-a.xml", GOOD);
        judge("staging", "PASSED");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.askWaiver(release, "staging", request(), QUENTIN))
                .withMessageContaining("has not failed");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.rework(release, "staging", QUENTIN, "Why not."));
    }

    @Test
    void productionNamesEveryEnvironmentWhoseGateIsOpen() throws IOException {
        assertThat(condition.obstacles(release, touch("1")))
                .satisfiesExactly(first -> assertThat(first).contains("development"), second -> assertThat(second)
                        .contains("staging"));

        pass("development");
        assertThat(condition.obstacles(release, touch("1")))
                .singleElement()
                .asString()
                .contains("staging");

        fail("staging");
        assertThat(condition.obstacles(release, touch("1")))
                .singleElement()
                .asString()
                .contains(
                        "The gate of staging failed: A test failed, and each failed test is a fault that somebody has seen.");

        gates.askWaiver(release, "staging", request(), QUENTIN);
        gates.decideWaiver(release, "staging", true, "Few people print.", CARLA);
        assertThat(condition.obstacles(release, touch("1"))).isEmpty();

        time.now = NOW.plus(Duration.ofDays(5));
        assertThat(condition.obstacles(release, touch("1")))
                .singleElement()
                .asString()
                .contains("ended");
    }

    @Test
    void productionRefusesAPackageThatWasNotTested() throws IOException {
        pass("development");
        pass("staging");

        assertThat(condition.obstacles(release, touch("1"))).isEmpty();
        assertThat(condition.obstacles(release, touch("2"))).hasSize(2).allSatisfy(obstacle -> assertThat(obstacle)
                .contains(digest("1"), digest("2")));
    }

    @Test
    void productionRefusesASystemWithoutAnyGate() {
        when(landscape.route("storefront", release.urgency())).thenReturn(List.of());

        assertThat(condition.obstacles(release, touch("1")))
                .singleElement()
                .asString()
                .contains("no environment before production");
    }

    @Test
    void productionNamesAReportThatWasChangedAfterTheVerdict() throws IOException {
        pass("development");
        pass("staging");
        Files.writeString(
                stored(gates.standing(release, "staging").evidence().get(0).sha256()), BAD);

        assertThat(condition.obstacles(release, touch("1")))
                .as("both gates counted the same bytes")
                .hasSize(2)
                .allSatisfy(obstacle -> assertThat(obstacle).contains("TEST-a.xml", "not what was judged"));
    }

    @Test
    void anApprovalSignsVerdictsFiguresEvidenceAndWaivers() throws IOException {
        pass("development");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> part.content(release))
                .withMessageContaining("staging");

        fail("staging");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        String asked = Canonical.digest(part.content(release).facts());
        gates.decideWaiver(release, "staging", true, "Few people print.", CARLA);

        ApprovalPart.Content content = part.content(release);
        assertThat(content.summary()).isEqualTo("development: passed, staging: passed by waiver");
        assertThat(Canonical.json(content.facts()))
                .contains(
                        digest("1"),
                        "rule_failedTests",
                        "TEST-a.xml",
                        "Printing is checked by hand.",
                        "\"grantedBy\":\"p-carla\"");
        String granted = Canonical.digest(content.facts());
        assertThat(granted).isNotEqualTo(asked);
        time.now = NOW.plus(Duration.ofDays(9));
        assertThat(Canonical.digest(part.content(release).facts()))
                .as("what was signed does not change by waiting")
                .isEqualTo(granted);

        when(selections.of(release))
                .thenReturn(Optional.of(
                        new TestSelection(60, Set.of("cart"), List.of("a"), 50, List.of("b"), 12, true, 0)));
        assertThat(part.content(release).summary()).endsWith("; tests left out carry 12 % of the risk");
        assertThat(Canonical.digest(part.content(release).facts())).isNotEqualTo(granted);
    }

    @Test
    void writesDownEveryStep() throws IOException {
        supply("staging", "TEST-a.xml", BAD);
        verify(briefs).renew("storefront-2.4.0", "pass-quality-gate", "userTask_supplyEvidence");
        gates.declareWhole(release, "staging", QUENTIN, "nightly run");
        judge("staging", "FAILED");
        gates.rework(release, "staging", QUENTIN, "A test was wrong.");
        gates.askWaiver(release, "staging", request(), QUENTIN);
        gates.decideWaiver(release, "staging", true, "Few people print.", CARLA);

        for (String action : List.of(
                "supplyEvidence",
                "completeEvidence",
                "evaluateEvidence",
                "recordVerdict",
                "rework",
                "askWaiver",
                "decideWaiver")) {
            verify(audit)
                    .record(argThat(entry -> entry.action().equals("quality." + action)
                            && entry.release().equals(Optional.of(release.id()))));
        }
    }

    @Test
    void takesWhatIsNotKnownAsMissing() throws IOException {
        Release unclassified = ReleaseFixture.storefront240();
        Optional<SealedPackage> sealed = packages.present(release);
        when(packages.present(unclassified)).thenReturn(sealed);
        supply("staging", "TEST-a.xml", GOOD);
        gates.evaluate(unclassified, "staging");
        gates.recordVerdict(unclassified, "staging", "PASSED");

        verify(decisions).evaluate(anyString(), anyString(), argThat(facts -> !facts.containsKey("releaseClass")));
    }

    private void pass(String at) throws IOException {
        supply(at, "TEST-a.xml", GOOD);
        judge(at, "PASSED");
    }

    private void fail(String at) throws IOException {
        supply(at, "TEST-a.xml", BAD);
        judge(at, "FAILED");
    }

    private GateVerdict judge(String at, String claimed) {
        gates.evaluate(release, at);
        return gates.recordVerdict(release, at, claimed);
    }

    private Evidence supply(String at, String name, String report) throws IOException {
        return gates.supply(release, at, name, bytes(report), QUENTIN);
    }

    private void assertWaiverRefused(WaiverRequest request, String field) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> gates.askWaiver(release, "staging", request, QUENTIN))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private void seal(int round, String seed) {
        when(packages.present(release))
                .thenReturn(Optional.of(new SealedPackage(round, digest(seed), "storefront.jar", List.of())));
    }

    private Path stored(String sha256) {
        return Path.of(Objects.requireNonNull(environment.getProperty("slipway.artifacts.directory")))
                .resolve("sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private static WaiverRequest request() {
        return new WaiverRequest(
                "The test needs the old printer.", "Printing is checked by hand.", NOW.plus(Duration.ofDays(5)));
    }

    private static ProductionTouch touch(String seed) {
        return new ProductionTouch("production", digest(seed), "plan");
    }

    private static String digest(String seed) {
        return seed.repeat(64);
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Environment placeNamed(String key) {
        Environment place = mock(Environment.class);
        when(place.tier()).thenReturn(Environment.Tier.STAGING);
        when(place.key()).thenReturn(key);
        return place;
    }
}
