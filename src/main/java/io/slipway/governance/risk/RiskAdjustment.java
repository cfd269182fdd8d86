package io.slipway.governance.risk;

import java.time.Instant;
import java.util.Optional;

/**
 * That a person set the risk apart from what was computed.
 *
 * @param from the level from which it was set
 * @param askedBy opaque id of the person who asked
 * @param accepted empty while a second person has not decided
 * @param decidedBy opaque id of whoever decided; the asker where the risk was raised
 */
public record RiskAdjustment(
        long id,
        RiskLevel from,
        RiskLevel to,
        String reason,
        String askedBy,
        Instant askedAt,
        Optional<Boolean> accepted,
        Optional<String> decidedBy) {

    /** Whether it lowers the risk. */
    public boolean lowers() {
        return to.compareTo(from) < 0;
    }

    /** Whether a second person has still to decide. */
    public boolean waits() {
        return accepted.isEmpty();
    }

    /** The level that counts when this is what was computed. */
    RiskLevel applied(RiskLevel computed) {
        if (!accepted.orElse(false)) {
            return computed;
        }
        if (!lowers()) {
            return computed.worse(to);
        }
        // What rose since above what was looked at is lowered by nobody.
        return computed.compareTo(from) <= 0 ? to : computed;
    }
}
