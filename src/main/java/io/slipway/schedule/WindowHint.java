package io.slipway.schedule;

import io.slipway.release.Release;
import java.util.List;

/** Something worth knowing before a window is proposed: it stands in the task and forbids nothing. */
public interface WindowHint {

    /** What to know, one sentence each; empty when there is nothing. */
    List<String> hints(Release release);
}
