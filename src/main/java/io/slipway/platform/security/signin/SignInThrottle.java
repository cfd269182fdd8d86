package io.slipway.platform.security.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Counts attempts to sign in by login name and address, in a bounded memory, and holds back who tries too often.
 *
 * <p>An attempt is counted before its password is checked, so that many at once count as many; a success takes it back. Counts are
 * kept by each node for itself.
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

    private static final class Count {
        private final Instant since;
        private int attempts;

        Count(Instant since) {
            this.since = since;
        }
    }

    /**
     * Counts an attempt.
     *
     * @return how long to wait; empty when the attempt may be made
     */
    synchronized Optional<Duration> attempt(String login, String address) {
        String pair = pair(login, address);
        Count ofPair = count(pairs, pair);
        Count ofAddress = count(addresses, address);
        Count ofLogin = count(logins, login);
        boolean full = ofPair.attempts >= settings.attemptsPerLoginAndAddress();
        if (full) {
            return Optional.of(wait(ofPair));
        }
        if (ofAddress.attempts >= settings.attemptsPerAddress()) {
            return Optional.of(wait(ofAddress));
        }
        if (ofLogin.attempts >= settings.attemptsPerLogin() && !known.containsKey(pair)) {
            return Optional.of(wait(ofLogin));
        }
        ofPair.attempts++;
        ofAddress.attempts++;
        ofLogin.attempts++;
        return Optional.empty();
    }

    /** Takes back an attempt whose password was right. */
    synchronized void succeeded(String login, String address) {
        String pair = pair(login, address);
        pairs.remove(pair);
        known.put(pair, true);
        takeBack(addresses, address);
        takeBack(logins, login);
    }

    /** Whether this person has signed in from this address before. */
    synchronized boolean known(String login, String address) {
        return known.containsKey(pair(login, address));
    }

    private static void takeBack(Map<String, Count> counts, String key) {
        Count count = counts.get(key);
        if (count != null && count.attempts > 0) {
            count.attempts--;
        }
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
