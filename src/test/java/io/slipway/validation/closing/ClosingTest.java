package io.slipway.validation.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.cmdb.ConfigurationItem;
import io.slipway.integration.cmdb.ConfigurationRegister;
import io.slipway.integration.cmdb.ConfigurationRegister.Installed;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.ClosingCondition.Finding;
import io.slipway.release.Contributions;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.LiveSystems.Live;
import io.slipway.release.NotPermitted;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.validation.Validation;
import io.slipway.validation.Validations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Releases are closed on a real database with the real register of configuration items. */
@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Closing.class, Production.class, ProductionRollbacks.class, RegisterCondition.class, SignedClosures.class})
@Capability("7.6")
@SuppressWarnings("NullAway.Init")
class ClosingTest {

    private static final String RITA = "p-rita";
    private static final String DIGEST = "d".repeat(64);

    @TestConfiguration
    @ComponentScan(
            basePackageClasses = ConfigurationRegister.class,
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ConfigurationRegister.class))
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
        }
    }

    @Autowired
    private Closing closing;

    @Autowired
    private RegisterCondition condition;

    @Autowired
    private SignedClosures signed;

    @Autowired
    private ConfigurationRegister register;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Contributions contributions;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private EnvironmentBookings bookings;

    @MockitoBean
    private Permissions permissions;

    @MockitoBean
    private Validations validations;

    @MockitoBean
    private Landscape landscape;

    @MockitoBean
    private LiveSystems lives;

    @MockitoBean
    private AuditTrail audit;

    private final Release release = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());
    private final Map<String, Finding> findings = new TreeMap<>();

    @BeforeEach
    void begin() {
        for (String table : List.of(
                "closing_evaluation",
                "emergency_review",
                "release_closure",
                "production_rollback",
                "cmdb_item",
                "cmdb_update")) {
            jdbc.update("delete from " + table);
        }
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
        live("2.4.0");
        when(releases.find("storefront-2.4.0")).thenReturn(Optional.of(release));
        when(releases.find("storefront-2.3.0")).thenReturn(Optional.empty());
        findings.put("register", new Finding(true, "Both say 2.4.0.", List.of()));
        findings.put("change", new Finding(true, "CHG-000001 is open.", List.of()));
        when(contributions.closingFindings(release)).thenAnswer(call -> new TreeMap<>(findings));
        Validation validation = mock(Validation.class);
        when(validation.hypercareEnds()).thenReturn(Optional.of(Instant.parse("2026-03-02T08:00:00Z")));
        when(validations.newest(release)).thenReturn(Optional.of(validation));
    }

    private void live(String version) {
        when(lives.of("storefront", "production"))
                .thenReturn(Optional.of(new Live(version, DIGEST, "http://127.0.0.1:1")));
    }

    private void rolledBack() {
        ReleaseFixture.in(ReleaseState.ROLLING_BACK, release);
        new TransactionTemplate(transactions)
                .executeWithoutResult(
                        status -> events.publishEvent(new ReleaseStateChanged(release, ReleaseState.VALIDATING)));
    }

    private void sign(ReleaseOutcome outcome) {
        closing.evaluate(release);
        closing.sign(release, RITA, outcome, "");
    }

    @Test
    void successIsSignedWhenHypercareHasEnded() {
        Validation validation = mock(Validation.class);
        when(validation.hypercareEnds()).thenReturn(Optional.of(Instant.parse("2026-03-02T09:00:01Z")));
        when(validations.newest(release)).thenReturn(Optional.of(validation));

        refuses(ReleaseOutcome.SUCCESSFUL, "hypercare lasts until 2026-03-02T09:00:01Z");
        refuses(ReleaseOutcome.SUCCESSFUL_WITH_ISSUES, "please sign after that");
    }

    private void refuses(ReleaseOutcome outcome, String sentence) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> sign(outcome)).withMessageContaining(sentence);
        assertThat(closing.signed(release)).isEmpty();
    }

    @Test
    void writesWhatIsLiveIntoTheRegisterAndReadsItBack() {
        assertThat(condition.evaluate(release).met()).isFalse();

        closing.updateRegister(release);
        closing.updateRegister(release);

        assertThat(register.read("storefront", "production").map(ConfigurationItem::installed))
                .contains(new Installed("2.4.0", DIGEST, Optional.of("storefront-2.4.0")));
        assertThat(condition.evaluate(release)).satisfies(finding -> {
            assertThat(finding.met()).isTrue();
            assertThat(finding.evidence())
                    .isEqualTo("The register says 2.4.0 (dddddddddddd), production runs 2.4.0 (dddddddddddd).");
        });
        verify(audit, times(1)).record(argThat(entry -> entry.action().equals("register.update")));
    }

    @Test
    void writesTheOldVersionAfterARollback() {
        live("2.3.0");

        closing.updateRegister(release);

        assertThat(register.read("storefront", "production").map(ConfigurationItem::installed))
                .contains(new Installed("2.3.0", DIGEST, Optional.empty()));
    }

    @Test
    void writesThatNothingRunsWhenTheFirstDeploymentWasTakenBack() {
        closing.updateRegister(release);
        when(lives.of("storefront", "production")).thenReturn(Optional.empty());

        closing.updateRegister(release);

        assertThat(register.read("storefront", "production")).isEmpty();
        assertThat(condition.evaluate(release).met()).isTrue();
    }

    @Test
    void aRegisterThatSaysSomethingElseIsNoticedAndCorrectedWhenOpenPointsAreResolved() {
        closing.updateRegister(release);
        register.update(
                "storefront", "production", Optional.of(new Installed("9.9.9", DIGEST, Optional.empty())), "foreign");

        assertThat(condition.evaluate(release)).satisfies(finding -> {
            assertThat(finding.met()).isFalse();
            assertThat(finding.evidence()).startsWith("The register says 9.9.9");
            assertThat(finding.remedies()).hasSize(1);
        });

        closing.resolve(release, RITA, "corrected");

        assertThat(condition.evaluate(release).met()).isTrue();
        verify(audit).record(argThat(entry -> entry.action().equals("closing.resolve")));
    }

    @Test
    void aRegisterThatDoesNotTakeTheUpdateStopsTheClosing() {
        ConfigurationRegister deaf = mock(ConfigurationRegister.class);
        when(deaf.read("storefront", "production")).thenReturn(Optional.empty());
        Closing withDeaf = new Closing(
                mock(ClosingEvaluationRepository.class),
                mock(EmergencyReviewRepository.class),
                mock(ReleaseClosureRepository.class),
                mock(ProductionRollbacks.class),
                new Production(landscape, lives, deaf, releases),
                validations,
                contributions,
                releases,
                bookings,
                permissions,
                audit,
                new SettableClock(Instant.EPOCH));

        assertThatIllegalStateException()
                .isThrownBy(() -> withDeaf.updateRegister(release))
                .withMessageContaining("please correct the item there and retry");
    }

    @Test
    void keepsEveryEvaluationAndTheNewestCounts() {
        findings.put("live", new Finding(false, "2.3.0 answers.", List.of("Please deploy again.")));
        assertThat(closing.evaluate(release)).isEqualTo(1);
        String before = closing.latest(release).orElseThrow().digest();
        findings.put("live", new Finding(true, "2.4.0 answers.", List.of()));
        assertThat(closing.evaluate(release)).isZero();

        ClosingEvaluation newest = closing.latest(release).orElseThrow();
        assertThat(newest.digest()).isNotEqualTo(before);
        assertThat(newest.findings()).isEqualTo(findings);
        assertThat(jdbc.queryForObject("select count(*) from closing_evaluation", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void signsASuccessThatTheRecordsShow() {
        sign(ReleaseOutcome.SUCCESSFUL);

        assertThat(signed.of(release)).contains(ReleaseOutcome.SUCCESSFUL);
        assertThat(closing.signed(release)).hasValueSatisfying(closure -> {
            assertThat(closure.signedBy()).isEqualTo(RITA);
            assertThat(closure.digest())
                    .isEqualTo(closing.latest(release).orElseThrow().digest());
        });
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> sign(ReleaseOutcome.UNSUCCESSFUL))
                .withMessageContaining("signed already");
        assertThat(signed.of(release)).contains(ReleaseOutcome.SUCCESSFUL);
    }

    @Test
    void aReleaseThatWasRolledBackIsNoSuccess() {
        live("2.3.0");
        rolledBack();

        refuses(ReleaseOutcome.SUCCESSFUL, "production runs 2.3.0 and not 2.4.0");
        refuses(ReleaseOutcome.SUCCESSFUL_WITH_ISSUES, "production runs 2.3.0 and not 2.4.0");
        assertThatCode(() -> sign(ReleaseOutcome.ROLLED_BACK)).doesNotThrowAnyException();
    }

    @Test
    void aRollbackOnTheWayMakesASuccessOneWithIssues() {
        rolledBack();

        refuses(ReleaseOutcome.SUCCESSFUL, "rolled back on the way");
        assertThatCode(() -> sign(ReleaseOutcome.SUCCESSFUL_WITH_ISSUES)).doesNotThrowAnyException();
    }

    @Test
    void aReleaseThatWasNeverCheckedInProductionIsNoSuccess() {
        when(validations.newest(release)).thenReturn(Optional.empty());

        refuses(ReleaseOutcome.SUCCESSFUL, "has not passed its checks");
    }

    @Test
    void nothingIsCalledRolledBackThatWasNot() {
        refuses(ReleaseOutcome.ROLLED_BACK, "production runs 2.4.0");
        live("2.3.0");
        refuses(ReleaseOutcome.ROLLED_BACK, "never rolled back");
        refuses(ReleaseOutcome.CANCELLED, "before production is touched");
        assertThatCode(() -> sign(ReleaseOutcome.UNSUCCESSFUL)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(ReleaseOutcome.class)
    @Capability({"X1", "X2"})
    void noOutcomeIsSignedWhileAConditionIsOpenWhateverTheProcessSays(ReleaseOutcome outcome) {
        findings.put("effects", new Finding(false, "One effect is unclear.", List.of("Please settle it.")));

        refuses(outcome, "'effects' does not hold: One effect is unclear. Please settle it.");
    }

    @Test
    void nothingIsSignedThatWasNeverEvaluated() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> closing.sign(release, RITA, ReleaseOutcome.SUCCESSFUL, ""))
                .withMessageContaining("never asked");
    }

    @Test
    void onlyReleaseManagersSignAndResolve() {
        doThrow(new NotPermitted("This is for release managers."))
                .when(permissions)
                .require(release, "p-dana", Role.RELEASE_MANAGER);
        closing.evaluate(release);

        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> closing.sign(release, "p-dana", ReleaseOutcome.SUCCESSFUL, ""));
        assertThatExceptionOfType(NotPermitted.class).isThrownBy(() -> closing.resolve(release, "p-dana", ""));
    }

    @Test
    @Capability("8.4")
    void anEmergencyIsReviewedBySomebodyWhoDidNotApproveIt() {
        ReleaseFixture.classified(ReleaseClass.EMERGENCY, release);
        refuses(ReleaseOutcome.SUCCESSFUL, "must be reviewed");
        when(releases.involved(release.id(), Part.APPROVER)).thenReturn(List.of("p-carla"));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> closing.review(release, "p-carla", ReviewVerdict.ACCEPTED, "fine"))
                .withMessageContaining("Whoever approved the emergency does not review it");
        verify(releases, never()).involve(any(), any(), any());

        closing.review(release, "p-carlo", ReviewVerdict.FINDINGS, "No test of the way back");
        verify(releases).involve(release.id(), "p-carlo", Part.APPROVER);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> closing.review(release, "p-cora", ReviewVerdict.ACCEPTED, "fine"))
                .withMessageContaining("reviewed already");
        refuses(ReleaseOutcome.SUCCESSFUL, "has findings");
        assertThatCode(() -> sign(ReleaseOutcome.SUCCESSFUL_WITH_ISSUES)).doesNotThrowAnyException();
    }

    @Test
    void endsTheReleaseAsItWasSignedAndGivesItsEnvironmentsBack() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> closing.close(release))
                .withMessageContaining("Nobody has signed");
        verify(releases, never()).end(any(), any());

        sign(ReleaseOutcome.SUCCESSFUL);
        closing.close(release);

        var order = inOrder(releases, bookings);
        order.verify(releases).end(release.id(), ReleaseOutcome.SUCCESSFUL);
        order.verify(bookings).giveBackAll(release);
    }
}
