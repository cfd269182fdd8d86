package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrashVerdictTest {

    private static final List<String> STATE = List.of("release CLOSED");

    private static String verdict(List<String> points, List<String> state, List<String> failures) {
        return new CrashRig.Outcome(points, state, 3, failures, "").verdict(STATE);
    }

    @Test
    void whatEndedTheSameAfterItsDeathsIsFine() {
        assertThat(verdict(List.of("7 before ledger write"), STATE, List.of())).startsWith(CrashRig.FINE);
    }

    @Test
    void aDeathThatDidNotComeIsNoSuccess() {
        assertThat(verdict(List.of("7 before ledger write", "9 (not reached, 8 points)"), STATE, List.of()))
                .startsWith(CrashRig.MISSED)
                .doesNotContain(CrashRig.FINE);
    }

    @Test
    void whatBecameOtherIsToldEvenWhereADeathDidNotCome() {
        assertThat(verdict(List.of("9 (not reached, 8 points)"), List.of("release CANCELLED"), List.of()))
                .startsWith(": OTHER")
                .contains("+ release CANCELLED");
        assertThat(verdict(List.of("7 before ledger write"), STATE, List.of("GET / refused")))
                .startsWith(": OTHER")
                .contains("request failed: GET / refused");
    }
}
