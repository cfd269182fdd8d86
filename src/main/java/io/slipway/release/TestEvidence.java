package io.slipway.release;

import java.util.Optional;

/** What the newest results of automated tests of a release say; the quality phase answers. */
public interface TestEvidence {

    /** What was found in the newest results; empty while nobody handed any in. */
    Optional<Finding> latest(Release release);

    /**
     * What was found.
     *
     * @param passed whether there were tests and none of them failed
     * @param sentence the figures, and where they are from
     */
    record Finding(boolean passed, String sentence) {}
}
