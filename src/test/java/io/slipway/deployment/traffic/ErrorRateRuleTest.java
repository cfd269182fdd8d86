package io.slipway.deployment.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.deployment.traffic.ErrorRateRule.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Capability("5.6")
class ErrorRateRuleTest {

    private final ErrorRateRule rule = new ErrorRateRule(0.05, 0.01, 20);

    @ParameterizedTest
    @CsvSource({
        "0, 0, TOO_FEW",
        "19, 19, TOO_FEW",
        "20, 0, ACCEPTED",
        "20, 1, ACCEPTED",
        "20, 2, SUSPICIOUS",
        "20, 20, BREACHED",
        "1000, 50, ACCEPTED",
        "1000, 52, SUSPICIOUS",
        "1000, 120, BREACHED"
    })
    void tellsChanceFromCertainty(long requests, long errors, Verdict verdict) {
        assertThat(rule.judge(requests, errors).verdict()).isEqualTo(verdict);
    }

    @Test
    void saysWithCountsThresholdAndEvidenceWhy() {
        assertThat(rule.judge(100, 40).sentence())
                .contains("40 of 100 requests failed (40.0 %, threshold 5.0 %)")
                .contains("not chance")
                .contains("100.0 is enough for certainty of 99.0 %");
        assertThat(rule.judge(5, 5).sentence()).contains("20 requests are needed");
    }

    @Test
    void lookingAfterEveryRequestRaisesHardlyAnyFalseAlarm() {
        int alarms = 0;
        for (int run = 0; run < 400; run++) {
            if (breachedWithin(2_000, 0.05, new Random(run)) > 0) {
                alarms++;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(400 / 50);
    }

    @Test
    void fiveTimesAsManyErrorsAreFoundSoon() {
        int late = 0;
        for (int run = 0; run < 200; run++) {
            int after = breachedWithin(400, 0.25, new Random(run));
            if (after == 0 || after > 120) {
                late++;
            }
        }
        assertThat(late).isLessThan(10);
    }

    private int breachedWithin(int requests, double rate, Random random) {
        long errors = 0;
        for (int n = 1; n <= requests; n++) {
            if (random.nextDouble() < rate) {
                errors++;
            }
            if (rule.judge(n, errors).verdict() == Verdict.BREACHED) {
                return n;
            }
        }
        return 0;
    }

    @Test
    void aRuleThatCouldNeverJudgeIsRefused() {
        assertThatThrownBy(() -> new ErrorRateRule(0, 0.01, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ErrorRateRule(0.05, 1, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ErrorRateRule(0.05, 0.01, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
