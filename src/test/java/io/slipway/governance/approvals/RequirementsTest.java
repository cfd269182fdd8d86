package io.slipway.governance.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import io.slipway.release.ScopeFacts;
import io.slipway.release.StandardChanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

@Capability({"8.1", "X1"})
class RequirementsTest {

    private final PinnedDecisions decisions = mock(PinnedDecisions.class);
    private final Risks risks = mock(Risks.class);
    private final ScopeFacts scope = mock(ScopeFacts.class);
    private final StandardChanges standards = mock(StandardChanges.class);
    private final Releases releases = mock(Releases.class);
    private final Release release = ReleaseFixture.storefront240();
    private final Requirements requirements = new Requirements(
            decisions,
            risks,
            new StaticListableBeanFactory(Map.of("scope", scope)).getBeanProvider(ScopeFacts.class),
            new StaticListableBeanFactory(Map.of("standards", standards)).getBeanProvider(StandardChanges.class),
            new StaticListableBeanFactory(Map.of("releases", releases)).getBeanProvider(Releases.class));

    @BeforeEach
    void begin() {
        when(risks.standing(release)).thenReturn(Optional.empty());
        when(scope.migratesData(release)).thenReturn(Optional.empty());
        says("change-authority", "dba", "dba");
    }

    private void says(String... groups) {
        when(decisions.evaluate(eq(release.key()), eq("approval-requirements"), any()))
                .thenReturn(new PinnedDecisions.Answer("approval-requirements", 4, List.of((Object[]) groups)));
    }

    @Test
    void asksThePinnedDecisionWithWhatTheRecordsSay() {
        ReleaseFixture.classified(ReleaseClass.MINOR, release);
        when(risks.standing(release))
                .thenReturn(Optional.of(new RiskStanding(RiskLevel.LOW, RiskLevel.LOW, List.of(), Optional.empty())));
        when(scope.migratesData(release)).thenReturn(Optional.of(true));

        Requirements.Answer answer = requirements.of(release);

        verify(decisions)
                .evaluate(
                        "storefront-2.4.0",
                        "approval-requirements",
                        Map.of("releaseClass", "MINOR", "riskLevel", "LOW", "dataMigration", true));
        assertThat(answer.groups()).containsExactly("change-authority", "dba");
        assertThat(answer.grounds().decision()).isEqualTo("approval-requirements:4");
    }

    @Test
    void leavesOutWhatIsNotKnownAndTakesAnUnassessedRiskForHigh() {
        requirements.of(release);

        verify(decisions).evaluate("storefront-2.4.0", "approval-requirements", Map.of("riskLevel", "HIGH"));
    }

    @Test
    void aDecisionThatAsksForNobodyIsRefused() {
        says();

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> requirements.of(release))
                .withMessageContaining("names no group");
    }

    @Test
    void aGroupThatDoesNotExistIsRefused() {
        says("change-authority", "board-of-nobody");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> requirements.of(release))
                .withMessageContaining("'board-of-nobody', which does not exist");
    }
}
