package io.slipway.release;

import java.util.Optional;

/** Knows why a release was taken back; each phase that can demand it is asked, in order, and the first that knows is believed. */
public interface RollbackCause {

    /** Why production is put back to what it ran before, in a sentence; empty when it was for another reason than this part knows. */
    Optional<String> of(Release release);
}
