package io.slipway.release.web;

import io.slipway.release.Release;
import java.util.List;

/**
 * One line of the list of releases.
 *
 * @param system the name of the system
 * @param waits what the release waits for, the oldest first
 */
record ReleaseRow(Release release, String system, List<WaitLine> waits) {}
