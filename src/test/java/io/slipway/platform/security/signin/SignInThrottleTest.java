package io.slipway.platform.security.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
            throttle.failed(login, address);
        }
    }

    /** An attempt whose password is right. */
    private void signIn(String login, String address) {
        assertThat(throttle.attempt(login, address)).isEmpty();
        throttle.succeeded(login, address);
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
        signIn("ada", "home");
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
            signIn("ada", "a");
        }

        assertThat(throttle.attempt("ada", "a")).isEmpty();
    }

    @Test
    void remembersNoMoreThanItIsAllowedTo() {
        SignInThrottle small = new SignInThrottle(new SignInSettings(1, 1000, 1000, WINDOW, 2), clock);
        for (String login : List.of("first", "second", "third")) {
            small.attempt(login, "a");
            small.failed(login, "a");
        }

        assertThat(small.attempt("third", "a")).isPresent();
        assertThat(small.attempt("first", "a")).as("forgotten").isEmpty();
    }

    @Test
    void manyAtOnceWaitForEachOtherAndNoMoreThanAllowedAreWrongAtOnce() throws Exception {
        ExecutorService program = Executors.newFixedThreadPool(30);
        try {
            List<Future<Boolean>> right = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                right.add(program.submit(() -> {
                    boolean let = throttle.attempt("ada", "a").isEmpty();
                    if (let) {
                        Thread.sleep(5);
                        throttle.succeeded("ada", "a");
                    }
                    return let;
                }));
            }
            for (Future<Boolean> call : right) {
                assertThat(call.get()).isTrue();
            }
            AtomicInteger checked = new AtomicInteger();
            List<Future<?>> wrong = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                wrong.add(program.submit(() -> {
                    if (throttle.attempt("ada", "a").isEmpty()) {
                        checked.incrementAndGet();
                        throttle.failed("ada", "a");
                    }
                }));
            }
            for (Future<?> call : wrong) {
                call.get();
            }
            assertThat(checked).hasValue(3);
        } finally {
            program.shutdownNow();
        }
    }
}
