package io.slipway.communication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question on the ladder.
 *
 * @param release key of the release that waits
 * @param otherRelease key of the other release that is concerned
 * @param brief what is known, sentence by sentence
 * @param rung which rung is asked, from 1; 0 before the first was
 * @param decision empty while nobody decided
 * @param decidedBy opaque id of the person
 */
public record Question(
        long id,
        String key,
        String release,
        Optional<String> otherRelease,
        String question,
        List<String> brief,
        int rung,
        Optional<Instant> rungEndsAt,
        Instant raisedAt,
        Optional<String> decision,
        Optional<String> reason,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> withdrawn) {

    /** Whether it still waits for an answer. */
    public boolean open() {
        return decision.isEmpty() && withdrawn.isEmpty();
    }
}
