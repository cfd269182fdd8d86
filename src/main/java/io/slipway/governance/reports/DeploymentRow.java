package io.slipway.governance.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One deployment to production, from which numbers of a report come.
 *
 * @param before keys of the incidents that began shortly before it
 * @param after keys of the incidents that began shortly after it
 */
public record DeploymentRow(
        String release,
        int number,
        boolean unplanned,
        Duration lead,
        boolean leadFromCommit,
        Instant deployedAt,
        Optional<Instant> failedAt,
        Optional<Duration> recovery,
        List<String> before,
        List<String> after) {

    /** Copies the lists. */
    public DeploymentRow {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
