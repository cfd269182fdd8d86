package io.slipway.release;

import java.time.Instant;
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
     * @param suppliedAt when they were handed in
     * @param presentPackage whether they are about the package that is shipped, and so about the commit that it was made of
     */
    record Finding(boolean passed, String sentence, Instant suppliedAt, boolean presentPackage) {}
}
