package io.slipway.governance.changes;

import io.slipway.integration.changes.Change;
import io.slipway.release.ReleaseClass;
import java.util.Optional;

/**
 * A change with what Slipway knows of its release.
 *
 * @param change the ticket
 * @param known whether its release is one of ours
 * @param releaseClass class of its release; empty when it has none yet, or the release is none of ours
 */
public record ListedChange(Change change, boolean known, Optional<ReleaseClass> releaseClass) {}
