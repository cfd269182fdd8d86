package io.slipway.governance.process;

import io.slipway.platform.process.Brief;
import io.slipway.release.Release;

/** Facts of a release as people read them in a form. */
final class Facts {

    private Facts() {}

    /** The window in UTC; a dash while none is planned. */
    static String window(Release release) {
        return release.windowStart()
                .flatMap(start -> release.windowEnd().map(end -> Brief.moment(start) + " to " + Brief.moment(end)))
                .orElse("–");
    }
}
