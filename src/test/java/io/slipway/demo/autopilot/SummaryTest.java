package io.slipway.demo.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.demo.DemoTraffic;
import io.slipway.release.Part;
import io.slipway.release.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final DemoTraffic CLEAN = traffic(1_000, 0);

    @Test
    void isAsToldWhenOutcomesTrafficAndTheVersionAreRight() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, CLEAN, "2.4.0").asTold()).isTrue();
    }

    @Test
    void isNotAsToldWhenAReleaseEndedOtherwise() {
        assertThat(summary(ReleaseOutcome.SUCCESSFUL, CLEAN, "2.4.0").asTold()).isFalse();
    }

    @Test
    void isNotAsToldWhenARequestFailed() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, traffic(1_000, 1), "2.4.0")
                        .asTold())
                .isFalse();
    }

    @Test
    void isNotAsToldWhenTheClientSawNothing() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, traffic(0, 0), "2.4.0").asTold())
                .isFalse();
    }

    @Test
    void isNotAsToldWhenAnotherVersionIsServed() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, CLEAN, "2.5.0").asTold()).isFalse();
    }

    @Test
    void showsWhoHadWhichPartAndWhatTheClientSaw() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, CLEAN, "2.4.0").table())
                .contains("storefront-2.5.0", "Rolled back", "Dora Devlin, Ravi Sharma", "1000 requests, 0 failed");
    }

    @Test
    void tellsOfEachCapabilityWhatWasFoundOrThatItWasNotTouched() {
        assertThat(summary(ReleaseOutcome.ROLLED_BACK, CLEAN, "2.4.0").table())
                .contains("Capabilities touched: 1 of 2")
                .contains("  1.2 Trade-offs: trade-offs ended: 1, answers of owners: 2")
                .contains("  2.6 Lockdowns: not touched in this run");
    }

    private static DemoTraffic traffic(long requests, long failures) {
        return new DemoTraffic(requests, failures, Map.of("2.4.0", requests), List.of(), List.of());
    }

    private static Summary summary(ReleaseOutcome outcome, DemoTraffic traffic, String served) {
        return new Summary(
                List.of(new Summary.Line(
                        "storefront-2.5.0",
                        ReleaseOutcome.ROLLED_BACK,
                        Optional.of(outcome),
                        Duration.ofSeconds(50),
                        "MINOR",
                        1,
                        Map.of(Part.AUTHOR, List.of("Dora Devlin", "Ravi Sharma")),
                        3,
                        1,
                        80,
                        Optional.of(traffic),
                        served)),
                "2.4.0",
                List.of(
                        new Evidence.Touched(
                                "1.2", "Trade-offs", List.of("trade-offs ended: 1", "answers of owners: 2")),
                        new Evidence.Touched("2.6", "Lockdowns", List.of())));
    }
}
