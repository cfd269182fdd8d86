package io.slipway.governance.obligations;

import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Reader;
import java.time.Instant;
import java.util.Optional;

/**
 * An obligation as lists show it.
 *
 * @param releaseKey key of the release it comes from; empty when it comes from none
 * @param fulfilledBy opaque id of the person who fulfilled it
 * @param beneficiary opaque id of the person who profits from what it compensates for
 */
public record ObligationRow(
        Obligation obligation,
        Optional<String> releaseKey,
        Instant openedAt,
        Optional<String> fulfilledBy,
        Optional<String> beneficiary) {

    /** Whether a reader has the role that owes it, and nothing else speaks against it. */
    public boolean mayBeFulfilledBy(Reader reader) {
        return obligation.open()
                && ObligationRegister.owes(reader, obligation.owed())
                && obligation
                        .owed()
                        .person()
                        .filter(named -> !named.equals(reader.person()))
                        .isEmpty()
                && beneficiary.filter(reader.person()::equals).isEmpty();
    }

    /** Whether it is open after its due date. */
    public boolean overdue(Instant now) {
        return obligation.open() && obligation.owed().due().isBefore(now);
    }
}
