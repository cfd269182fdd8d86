package io.slipway.governance.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.slipway.Capability;
import io.slipway.governance.risk.RiskAnswers.RollbackTested;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotPermitted;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Role;
import java.time.Instant;
import java.util.Optional;
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
@Import({Risks.class, RiskPart.class})
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class RisksTest {

    @TestConfiguration
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
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

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void begin() {
        jdbc.update("delete from risk_assessment");
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
}
