package io.slipway.integration.planning;

import java.time.Instant;
import java.util.Optional;

/**
 * What a milestone is now.
 *
 * @param id names this change, 1 to 64 letters, digits, hyphens and underscores; the same id is one change
 * @param release key of the release
 * @param milestone name of the milestone
 * @param baseline when it was planned first
 * @param forecast when it is expected now
 * @param actual when it was; empty while it was not
 * @param cause what held it up; empty when nothing did
 */
public record MilestoneChange(
        String id,
        String release,
        String milestone,
        Instant baseline,
        Instant forecast,
        Optional<Instant> actual,
        Optional<String> cause) {}
