package io.slipway.platform.security.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Counts attempts to sign in by login name and address, in a bounded memory, and holds back who tries too often.
 *
 * <p>An attempt is counted before its password is checked, so that many at once count as many; a success takes it back. Where those
 * that are still checked fill the count, another waits a moment for their outcome: a program that calls with the right password many
 * times at once is not held back. Counts are kept by each node for itself.
 */
@Component
class SignInThrottle {

    private final SignInSettings settings;
    private final Clock clock;
    private final Map<String, Count> pairs;
    private final Map<String, Count> addresses;
    private final Map<String, Count> logins;
    private final Map<String, Boolean> known;

    SignInThrottle(SignInSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.pairs = bounded(settings.remembered());
        this.addresses = bounded(settings.remembered());
        this.logins = bounded(settings.remembered());
        this.known = bounded(settings.remembered());
    }

    /** So long an attempt waits for the outcome of others. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final class Count {
        private final Instant since;
        private int attempts;
        private int checking;

        Count(Instant since) {
            this.since = since;
        }
    }

    /**
     * Counts an attempt; whoever makes it tells its outcome by {@link #succeeded} or {@link #failed}.
     *
     * @return how long to wait; empty when the attempt may be made
     */
    synchronized Optional<Duration> attempt(String login, String address) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String pair = pair(login, address);
            Count ofPair = count(pairs, pair);
            Count ofAddress = count(addresses, address);
            Count ofLogin = count(logins, login);
            Count full = ofPair.attempts >= settings.attemptsPerLoginAndAddress()
                    ? ofPair
                    : ofAddress.attempts >= settings.attemptsPerAddress()
                            ? ofAddress
                            : ofLogin.attempts >= settings.attemptsPerLogin() && !known.containsKey(pair)
                                    ? ofLogin
                                    : null;
            if (full == null) {
                List.of(ofPair, ofAddress, ofLogin).forEach(count -> {
                    count.attempts++;
                    count.checking++;
                });
                return Optional.empty();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (full.checking == 0 || left <= 0) {
                return Optional.of(wait(full));
            }
            try {
                wait(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.of(wait(full));
            }
        }
    }

    /** Takes back an attempt whose password was right, and forgets what failed before it for this login at this address. */
    synchronized void succeeded(String login, String address) {
        String pair = pair(login, address);
        known.put(pair, true);
        checked(login, address, count -> count.attempts--);
        Count ofPair = pairs.get(pair);
        if (ofPair != null) {
            ofPair.attempts = ofPair.checking;
        }
    }

    /** An attempt whose password was wrong, or was not checked to the end, stays counted. */
    synchronized void failed(String login, String address) {
        checked(login, address, count -> {});
    }

    private void checked(String login, String address, Consumer<Count> outcome) {
        Stream.of(pairs.get(pair(login, address)), addresses.get(address), logins.get(login))
                .filter(count -> count != null && count.checking > 0)
                .forEach(count -> {
                    count.checking--;
                    outcome.accept(count);
                });
        notifyAll();
    }

    /** Whether this person has signed in from this address before. */
    synchronized boolean known(String login, String address) {
        return known.containsKey(pair(login, address));
    }

    private Count count(Map<String, Count> counts, String key) {
        Count count = counts.get(key);
        if (count == null || wait(count).isZero() || wait(count).isNegative()) {
            count = new Count(clock.instant());
            counts.put(key, count);
        }
        return count;
    }

    private Duration wait(Count count) {
        return Duration.between(clock.instant(), count.since.plus(settings.window()));
    }

    private static String pair(String login, String address) {
        return address + " " + login;
    }

    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }
}
