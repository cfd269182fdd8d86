package io.slipway.validation.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.slipway.Capability;
import io.slipway.validation.analysis.Judge.Sample;
import io.slipway.validation.analysis.MetricRule.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics after a release against those before it. */
@Capability("7.2")
class JudgeTest {

    private static final Judge JUDGE = new Judge(0.02, 50);
    private static final MetricRule LATENCY = new MetricRule("latency_mean", Direction.INCREASE, 0.05, 0);

    private static double[] noisy(long seed, int number, double level, double spread) {
        Random random = new Random(seed);
        return IntStream.range(0, number)
                .mapToDouble(i -> level * Math.exp(spread * random.nextGaussian()))
                .toArray();
    }

    private static MetricVerdict verdict(MetricRule rule, double[] before, double[] after) {
        return JUDGE.judge(List.of(new Sample(rule, before, after))).get(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-4, 1e-3, 1e-2, 1, 100})
    void findsTheSameAtEveryScale(double scale) {
        MetricVerdict half = verdict(LATENCY, noisy(1, 100, scale, 0.3), noisy(2, 100, 1.5 * scale, 0.3));
        MetricVerdict same = verdict(LATENCY, noisy(1, 100, scale, 0.02), noisy(2, 100, scale, 0.02));
        MetricVerdict unclear = verdict(LATENCY, noisy(1, 60, scale, 0.3), noisy(2, 60, 1.02 * scale, 0.3));

        assertThat(half.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(half.shift() / scale).isBetween(0.3, 0.8);
        assertThat(half.superiority()).isGreaterThan(0.7);
        assertThat(same.verdict()).isEqualTo(Verdict.PASS);
        assertThat(unclear.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(unclear.detectable() / scale).isGreaterThan(0.05);
        assertThat(unclear.sentence()).contains("neither shown nor excluded").contains("four of five cases");
    }

    @Test
    void aChangeThatDoesNotMatterPassesHoweverManyValuesThereAre() {
        MetricVerdict tiny = verdict(LATENCY, noisy(3, 2_000, 1, 0.005), noisy(4, 2_000, 1.001, 0.005));

        assertThat(tiny.pValue()).isLessThan(0.001);
        assertThat(tiny.verdict()).isEqualTo(Verdict.PASS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricRule("latency_mean", Direction.INCREASE, null, 0))
                .withMessageContaining("'material'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricRule("latency_mean", Direction.INCREASE, 0.0, 0));
    }

    @Test
    void tooFewValuesSayNothingAndSoDoesNoMetricAtAll() {
        MetricVerdict few = verdict(LATENCY, noisy(5, 100, 1, 0.1), noisy(6, 49, 9, 0.1));

        assertThat(few.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(few.sentence()).contains("49 after").contains("50 of each are needed");
        assertThat(Judge.worst(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
        double[] broken = noisy(5, 100, 1, 0.1);
        broken[7] = Double.NaN;
        assertThat(verdict(LATENCY, broken, noisy(6, 100, 1, 0.1)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theDirectionThatIsBetterIsNoDegradation() {
        MetricRule served = new MetricRule("requests", Direction.DECREASE, 0.1, 0);

        assertThat(verdict(LATENCY, noisy(1, 100, 2, 0.1), noisy(2, 100, 1, 0.1))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(verdict(served, noisy(1, 100, 2, 0.1), noisy(2, 100, 1, 0.1)).verdict())
                .isEqualTo(Verdict.DEGRADED);
    }

    @Test
    void errorsWhereThereWereNoneAreJudgedByTheFloor() {
        MetricRule errors = new MetricRule("error_rate", Direction.INCREASE, 0.05, 0.01);
        double[] none = new double[100];
        double[] some = DoubleStream.generate(() -> 0.03).limit(100).toArray();
        double[] hardly = DoubleStream.generate(() -> 0.004).limit(100).toArray();

        assertThat(verdict(errors, none, none).verdict()).isEqualTo(Verdict.PASS);
        assertThat(verdict(errors, none, some).verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(verdict(errors, none, hardly).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void agreesWithABruteForceRankerOverTies() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            double[] before = IntStream.range(0, 5 + random.nextInt(20))
                    .mapToDouble(i -> random.nextInt(6))
                    .toArray();
            double[] after = IntStream.range(0, 5 + random.nextInt(20))
                    .mapToDouble(i -> random.nextInt(6))
                    .toArray();
            int n = before.length;
            int m = after.length;
            double ranks = Arrays.stream(after)
                    .map(value -> rank(value, before, after))
                    .sum();
            double[] differences = Arrays.stream(after)
                    .flatMap(y -> Arrays.stream(before).map(x -> y - x))
                    .sorted()
                    .toArray();

            Shift shift = Shift.of(before, after, 2);

            assertThat(shift.superiority()).isCloseTo((2 * ranks - m * (m + 1.0)) / (2.0 * n * m), within(1e-12));
            assertThat(shift.estimate()).isEqualTo(Shift.median(differences));
            assertThat(shift.low()).isLessThanOrEqualTo(shift.estimate());
            assertThat(shift.high()).isGreaterThanOrEqualTo(shift.estimate());
        }
    }

    /** Average rank of a value in both samples together. */
    private static double rank(double value, double[] before, double[] after) {
        double[] all =
                DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray();
        long smaller = Arrays.stream(all).filter(other -> other < value).count();
        long same = Arrays.stream(all).filter(other -> other == value).count();
        return smaller + (same + 1) / 2.0;
    }

    @Test
    void correctsForTheNumberOfMetricsAfterHolm() {
        assertThat(Judge.holm(new double[] {0.01, 0.04, 0.03}))
                .containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-12));
        assertThat(Judge.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
        assertThat(Judge.holm(new double[0])).isEmpty();
    }

    @Test
    void alarmsSeldomOverManyMetricsWithoutAChange() {
        int alarms = 0;
        for (int run = 0; run < 100; run++) {
            long seed = 1_000L * run;
            List<Sample> samples = IntStream.range(0, 10)
                    .mapToObj(metric -> new Sample(
                            new MetricRule("metric_" + metric, Direction.INCREASE, 0.05, 0),
                            noisy(seed + metric, 60, 1, 0.3),
                            noisy(seed + 500 + metric, 60, 1, 0.3)))
                    .toList();
            alarms += Judge.worst(JUDGE.judge(samples)) == Verdict.DEGRADED ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(5);
    }

    @Test
    void saysTheSameOfTheSameNumbersAndKeepsTheOrderOfTheRules() {
        List<Sample> samples = List.of(
                new Sample(LATENCY, noisy(1, 60, 1, 0.3), noisy(2, 60, 1.5, 0.3)),
                new Sample(new MetricRule("error_rate", Direction.INCREASE, 0.05, 0.01), new double[3], new double[3]));

        assertThat(JUDGE.judge(samples)).isEqualTo(JUDGE.judge(samples));
        assertThat(JUDGE.judge(samples))
                .extracting(MetricVerdict::metric)
                .containsExactly("latency_mean", "error_rate");
    }

    @Test
    void knowsTheQuantilesOfTheNormalDistribution() {
        assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-9));
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-9));
        assertThat(Normal.quantile(0.999)).isCloseTo(3.090232306167813, within(1e-9));
        assertThat(Normal.quantile(0.00001)).isCloseTo(-4.264890793922825, within(1e-6));
    }

    @Test
    void refusesSettingsThatWouldAlwaysAlarm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Judge(0.5, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> new Judge(0.02, 2));
    }
}
