package io.slipway.platform.security.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Hand clock = new Hand();
    private final SignInThrottle throttle = new SignInThrottle(new SignInSettings(3, 6, 5, WINDOW, 100), clock);

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void attempts(int count, String login, String address) {
        for (int i = 0; i < count; i++) {
            assertThat(throttle.attempt(login, address)).isEmpty();
        }
    }

    @Test
    void holdsALoginBackAtOneAddressUntilTheWindowHasPassed() {
        attempts(3, "ada", "a");

        assertThat(throttle.attempt("ada", "a")).contains(WINDOW);
        assertThat(throttle.attempt("ada", "b")).isEmpty();
        clock.now = clock.now.plus(WINDOW);
        assertThat(throttle.attempt("ada", "a")).isEmpty();
    }

    @Test
    void holdsAnAddressBackThatTriesManyLogins() {
        for (int i = 0; i < 6; i++) {
            attempts(1, "login" + i, "a");
        }

        assertThat(throttle.attempt("ada", "a")).isPresent();
        assertThat(throttle.attempt("ada", "b")).isEmpty();
    }

    @Test
    void holdsALoginBackThatIsTriedFromManyAddressesButNotWhereItHasSignedInBefore() {
        attempts(1, "ada", "home");
        throttle.succeeded("ada", "home");
        for (int i = 0; i < 5; i++) {
            attempts(1, "ada", "somewhere" + i);
        }

        assertThat(throttle.attempt("ada", "elsewhere")).isPresent();
        assertThat(throttle.known("ada", "home")).isTrue();
        assertThat(throttle.attempt("ada", "home")).isEmpty();
    }

    @Test
    void aSuccessTakesTheAttemptBack() {
        for (int i = 0; i < 20; i++) {
            attempts(1, "ada", "a");
            throttle.succeeded("ada", "a");
        }

        assertThat(throttle.attempt("ada", "a")).isEmpty();
    }

    @Test
    void remembersNoMoreThanItIsAllowedTo() {
        SignInThrottle small = new SignInThrottle(new SignInSettings(1, 1000, 1000, WINDOW, 2), clock);
        small.attempt("first", "a");
        small.attempt("second", "a");
        small.attempt("third", "a");

        assertThat(small.attempt("third", "a")).isPresent();
        assertThat(small.attempt("first", "a")).as("forgotten").isEmpty();
    }
}
