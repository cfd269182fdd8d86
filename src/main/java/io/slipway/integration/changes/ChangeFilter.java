package io.slipway.integration.changes;

import java.time.Instant;
import java.util.Optional;

/**
 * Which tickets are looked for; what is empty restricts nothing.
 *
 * @param system key of the system that is changed
 * @param state where the work stands
 * @param outcome how it ended
 * @param openedFrom first moment at which a ticket was opened
 * @param openedBefore first moment after the period in which it was opened
 */
public record ChangeFilter(
        Optional<String> system,
        Optional<Change.State> state,
        Optional<Change.Outcome> outcome,
        Optional<Instant> openedFrom,
        Optional<Instant> openedBefore) {

    /** Lets every ticket through. */
    public static ChangeFilter none() {
        return new ChangeFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
