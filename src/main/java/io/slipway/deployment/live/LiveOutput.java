package io.slipway.deployment.live;

import io.slipway.release.Release;
import java.util.List;

/** Whatever writes lines while it works for a release. */
public interface LiveOutput {

    /** The newest lines of a release, the oldest of them first. */
    List<LiveState.OutputLine> lines(Release release, int most);
}
