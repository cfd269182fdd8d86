package io.slipway.release;

import java.time.Instant;
import java.util.Optional;

/** Knows which releases have booked an environment ahead; asked when one wants to take it now. */
public interface PlannedUse {

    /**
     * Until when an environment is full of what other releases have booked ahead.
     *
     * @return empty when the release may use it at this moment
     */
    Optional<Instant> fullUntil(Release release, String environment, Instant moment);
}
