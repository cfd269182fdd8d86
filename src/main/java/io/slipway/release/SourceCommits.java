package io.slipway.release;

import java.time.Instant;
import java.util.Optional;

/** When the content of a release was committed; implemented by a phase that reads sources. Lead time is counted from there. */
public interface SourceCommits {

    /** Moment of the oldest commit that a release brings; empty when no source tells. */
    Optional<Instant> oldest(Release release);
}
