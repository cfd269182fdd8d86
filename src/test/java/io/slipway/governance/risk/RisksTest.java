package io.slipway.governance.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.risk.RiskAnswers.RollbackTested;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotPermitted;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.RiskFactor;
import io.slipway.release.RiskFactor.Weight;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Risk assessments on a real database, and what of them is signed. */
@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Risks.class, RiskPart.class, RiskFactors.class})
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class RisksTest {

    /** What the factor of this test says. */
    private static Supplier<Optional<Weight>> weight = Optional::empty;

    @TestConfiguration
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
        }

        @Bean
        RiskFactor likeness() {
            return new RiskFactor() {
                @Override
                public String name() {
                    return "likeness";
                }

                @Override
                public Optional<Weight> weigh(Release release) {
                    return weight.get();
                }
            };
        }
    }

    @Autowired
    private Risks risks;

    @Autowired
    private RiskPart part;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Permissions permissions;

    @MockitoBean
    private AuditTrail audit;

    @MockitoBean
    private Releases releases;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void begin() {
        jdbc.update("delete from risk_assessment");
        jdbc.update("delete from risk_adjustment");
        weight = Optional::empty;
    }

    private static RiskAnswers answers(int impact, String note) {
        return new RiskAnswers(
                Optional.of(impact), Optional.of(1), Optional.of(1), Optional.of(RollbackTested.YES), note);
    }

    private String digest() {
        return Canonical.digest(part.content(release).facts());
    }

    @Test
    void keepsTheAnswersAndTheNewestCounts() {
        risks.assess(release, answers(1, "routine"), "p-rita");
        risks.assess(release, answers(3, "new tax rules"), "p-ron");

        assertThat(risks.latest(release)).hasValueSatisfying(latest -> {
            assertThat(latest.level()).isEqualTo(RiskLevel.MODERATE);
            assertThat(latest.answers()).isEqualTo(answers(3, "new tax rules"));
            assertThat(latest.reasons()).containsExactly("Impact 3 times likelihood 1 is 3: moderate.");
            assertThat(latest.assessedBy()).isEqualTo("p-ron");
        });
    }

    @Test
    void anUnassessedRiskCannotBeApproved() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> part.content(release))
                .withMessageContaining("not assessed yet");
    }

    @Test
    void everyAnswerIsSignedAndTheMomentIsNot() {
        risks.assess(release, answers(1, "routine"), "p-rita");
        String before = digest();
        risks.assess(release, answers(1, "routine"), "p-rita");
        assertThat(digest()).isEqualTo(before);

        risks.assess(release, answers(1, "not so routine"), "p-rita");
        assertThat(digest()).isNotEqualTo(before);
        assertThat(part.content(release).summary()).isEqualTo("Low risk");
    }

    @Test
    void answersOutsideTheirBoundsAndPeopleWithoutTheRoleAreRefused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.assess(release, answers(4, ""), "p-rita"))
                .withMessageContaining("'impact' must be a whole number from 1 to 3");
        doThrow(new NotPermitted("This is for release managers."))
                .when(permissions)
                .require(release, "p-dana", Role.RELEASE_MANAGER);
        assertThatExceptionOfType(NotPermitted.class).isThrownBy(() -> risks.assess(release, answers(1, ""), "p-dana"));
        assertThat(risks.latest(release)).isEmpty();
        verify(audit, never()).record(any());
    }

    @Test
    void theRiskOfAReleaseThatHasEndedStaysAsItWasSigned() {
        risks.assess(release, answers(1, "routine"), "p-rita");
        Release ended = ReleaseFixture.ended(ReleaseOutcome.SUCCESSFUL, release);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.set(ended, RiskLevel.HIGH, "x", "p-sara"))
                .withMessageContaining("has ended");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.assess(ended, answers(3, "later"), "p-rita"))
                .withMessageContaining("has ended");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.decideLowering(ended, true, "p-carla"))
                .withMessageContaining("has ended");
        assertThat(standing().level()).isEqualTo(RiskLevel.LOW);
    }

    private RiskStanding standing() {
        return risks.standing(release).orElseThrow();
    }

    @Test
    void whatAPhaseKnowsRaisesTheRiskAndVoidsWhatWasSigned() {
        risks.assess(release, answers(1, "routine"), "p-rita");
        String signed = digest();
        weight = () -> Optional.of(new Weight(1, "Staging resembles production by 61 of 100."));

        assertThat(standing().level()).isEqualTo(RiskLevel.MODERATE);
        assertThat(standing().reasons()).contains("Staging resembles production by 61 of 100.");
        assertThat(digest()).isNotEqualTo(signed);
        risks.assess(release, answers(1, "routine"), "p-rita");
        assertThat(risks.latest(release).orElseThrow().reasons())
                .contains("Staging resembles production by 61 of 100.");

        String raised = digest();
        weight = Optional::empty;
        assertThat(standing().level()).as("what fell keeps what was assessed").isEqualTo(RiskLevel.MODERATE);
        assertThat(digest()).isEqualTo(raised);
    }

    @Test
    void aFactorThatFailsCountsAsTheWorstAndSaysSo() {
        weight = () -> {
            throw new IllegalStateException("no answer");
        };
        risks.assess(release, answers(1, "routine"), "p-rita");

        assertThat(standing().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(standing().reasons()).contains("The factor 'likeness' could not be asked and counts as the worst.");
        assertThat(risks.factors(release)).hasSize(1);
    }

    @Test
    void anybodyConcernedRaisesItAloneAndASecondPersonLowersIt() {
        risks.assess(release, answers(1, "routine"), "p-rita");
        risks.set(release, RiskLevel.HIGH, "The supplier is on strike.", "p-sara");
        assertThat(standing().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(standing().reasons()).anyMatch(reason -> reason.contains("The supplier is on strike."));

        risks.set(release, RiskLevel.LOW, "The strike is over.", "p-rita");
        assertThat(standing().level()).as("asking alone lowers nothing").isEqualTo(RiskLevel.HIGH);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.decideLowering(release, true, "p-rita"))
                .withMessageContaining("second person");
        when(releases.involved(release.id(), Part.AUTHOR)).thenReturn(List.of("p-arno"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.decideLowering(release, true, "p-arno"))
                .withMessageContaining("requested, authored or deploys");

        risks.decideLowering(release, true, "p-carla");
        assertThat(standing().level()).isEqualTo(RiskLevel.LOW);
        weight = () -> Optional.of(new Weight(2, "An incident is open."));
        risks.assess(release, answers(3, "worse"), "p-rita");
        assertThat(standing().computed()).isEqualTo(RiskLevel.HIGH);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.decideLowering(release, true, "p-carla"))
                .withMessageContaining("Nobody asks");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> risks.set(release, RiskLevel.MODERATE, " ", "p-rita"))
                .withMessageContaining("1 to 2000 characters");
    }

    @Test
    void refusingToLowerLeavesWhatWas() {
        risks.assess(release, answers(3, "new"), "p-rita");
        risks.set(release, RiskLevel.LOW, "I am an optimist.", "p-rita");
        risks.decideLowering(release, false, "p-carla");
        assertThat(standing().level()).isEqualTo(RiskLevel.MODERATE);
        assertThat(standing().adjustment()).isEmpty();
        assertThat(risks.standing(release).orElseThrow().reasons()).noneMatch(reason -> reason.contains("optimist"));
    }

    @Test
    void theLastChangesOfTheSystemCount() {
        ChangeHistoryFactor history = new ChangeHistoryFactor(
                org.springframework.jdbc.core.simple.JdbcClient.create(jdbc), new ChangeHistoryFactor.Settings(3, 0));
        jdbc.update("delete from slipway_release");
        ended("2.0.0", "SUCCESSFUL", 1);
        ended("2.1.0", "SUCCESSFUL", 2);
        assertThat(history.weigh(release)).isEmpty();
        ended("2.2.0", "ROLLED_BACK", 3);
        ended("2.3.0", "CANCELLED", 4);
        ended("2.3.1", "SUCCESSFUL_WITH_ISSUES", 5);
        assertThat(history.weigh(release)).hasValueSatisfying(weight -> {
            assertThat(weight.levels()).isOne();
            assertThat(weight.sentence()).contains("The last 3 changes of storefront score -4");
        });
        jdbc.update("delete from slipway_release");
    }

    private void ended(String version, String outcome, int day) {
        java.sql.Timestamp then = java.sql.Timestamp.from(Instant.parse("2026-01-0" + day + "T00:00:00Z"));
        java.util.UUID id = java.util.UUID.randomUUID();
        jdbc.update(
                "insert into slipway_release (id, release_key, system_key, version, title, urgency, state, on_hold, outcome,"
                        + " requested_by, requested_at, ended_at, lock_version)"
                        + " values (?, ?, 'storefront', ?, 'T', 'NORMAL', 'CLOSED', false, ?, 'p-rita', ?, ?, 0)",
                StoredIds.bytes(id),
                "storefront-" + version,
                version,
                outcome,
                then,
                then);
    }
}
