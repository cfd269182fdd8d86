package io.slipway.governance.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.governance.risk.RiskAnswers.RollbackTested;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Capability({"8.1", "X1"})
class RiskRuleTest {

    @ParameterizedTest
    @CsvSource({
        "1,1,1,YES,LOW",
        "1,2,2,YES,LOW",
        "2,2,1,YES,MODERATE",
        "1,3,1,YES,MODERATE",
        "2,3,1,YES,HIGH",
        "3,3,1,YES,HIGH",
        "1,1,3,YES,MODERATE",
        "2,2,3,YES,HIGH",
        "1,1,1,NO,MODERATE",
        "2,2,1,NO,HIGH",
        "1,1,3,NO,HIGH",
        "1,1,1,NEVER,HIGH"
    })
    void weighsImpactLikelihoodUsersAndTheWayBack(
            int impact, int likelihood, int users, RollbackTested rollback, RiskLevel level) {
        assertThat(RiskRule.of(new RiskAnswers(
                                Optional.of(impact),
                                Optional.of(likelihood),
                                Optional.of(users),
                                Optional.of(rollback),
                                ""))
                        .level())
                .isEqualTo(level);
    }

    @Test
    void countsWhatNobodyAnsweredAsTheWorstAndSaysSo() {
        RiskRule.Verdict verdict = RiskRule.of(
                new RiskAnswers(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), ""));

        assertThat(verdict.level()).isEqualTo(RiskLevel.HIGH);
        assertThat(verdict.reasons())
                .contains(
                        "The impact is not known and counts as 3.",
                        "The likelihood is not known and counts as 3.",
                        "The number of users is not known and counts as 3.",
                        "Whether the rollback was tried is not known and counts as never.");
    }

    @Test
    void tellsHowTheLevelCameAbout() {
        assertThat(RiskRule.of(new RiskAnswers(
                                Optional.of(1), Optional.of(2), Optional.of(3), Optional.of(RollbackTested.NO), ""))
                        .reasons())
                .containsExactly(
                        "Impact 1 times likelihood 2 is 2: low.",
                        "All users would notice: one level higher.",
                        "The rollback was not tried with this release: one level higher.");
    }
}
