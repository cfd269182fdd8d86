package io.slipway.governance.approvals;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That one person approves for another.
 *
 * @param group id of the group for which is approved
 * @param from opaque id of the member who cannot approve
 * @param to opaque id of the person who does instead
 * @param start first moment at which it holds
 * @param end first moment at which it does not hold any more
 * @param revokedAt when it was taken back; empty when it was not
 */
public record Delegation(
        UUID id,
        String group,
        String from,
        String to,
        String reason,
        Instant start,
        Instant end,
        Optional<Instant> revokedAt) {

    /** Whether it holds at a moment. */
    public boolean holdsAt(Instant moment) {
        return !moment.isBefore(start)
                && moment.isBefore(end)
                && revokedAt.filter(revoked -> !moment.isBefore(revoked)).isEmpty();
    }
}
