package io.slipway.packaging;

import io.slipway.release.Release;
import java.util.Optional;

/** A part of packaging that may forbid that a package is shipped anywhere at all. */
public interface ShippingStop {

    /** Why it must not be shipped, in one sentence that names the remedy; empty when it may. */
    Optional<String> stop(Release release);
}
