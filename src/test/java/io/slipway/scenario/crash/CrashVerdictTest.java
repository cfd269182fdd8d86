package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrashVerdictTest {

    private static final List<String> STATE = List.of("release CLOSED");

    private static String verdict(List<String> points, List<String> state, List<String> failures) {
        return verdict(points, state, failures, List.of(3L, 4L));
    }

    private static String verdict(List<String> points, List<String> state, List<String> failures, List<Long> requests) {
        return new CrashRig.Outcome(points, state, requests, failures, "").verdict(STATE);
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

    @Test
    void aLifeInWhichNobodyAskedShowsNothing() {
        List<String> points = List.of("7 before ledger write");

        assertThat(verdict(points, STATE, List.of(), List.of(3L, 4L)))
                .startsWith(CrashRig.FINE)
                .contains("7 requests");
        for (List<Long> requests : List.of(List.of(0L, 4L), List.of(3L, 0L), List.<Long>of())) {
            assertThat(verdict(points, STATE, List.of(), requests))
                    .startsWith(": OTHER")
                    .contains("no request in a life: " + requests);
        }
    }
}
