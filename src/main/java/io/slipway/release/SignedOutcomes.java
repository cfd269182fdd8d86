package io.slipway.release;

import java.util.Optional;

/** How releases ended according to whoever signed for it; the phase that closes answers. */
public interface SignedOutcomes {

    /** The outcome that was signed; empty until then. */
    Optional<ReleaseOutcome> of(Release release);
}
