package io.slipway.quality;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a system that a scan complains about; the same one in every scan that finds it again.
 *
 * @param number number among all findings
 * @param fingerprint what makes it the same: tool, rule, path and what the tool says of the place, never a line number
 * @param severity how bad the last scan called it
 * @param snippetHash SHA-256 of the code at the place; empty when no scan showed it
 * @param requested whether the tool calls it suppressed, which is a request
 * @param release id of the release whose scan saw it last
 * @param state where its triage stands
 * @param suppression what suppresses it; empty when nothing does
 */
public record Finding(
        long number,
        String system,
        String fingerprint,
        String tool,
        String rule,
        String severity,
        String path,
        int line,
        String message,
        String snippetHash,
        boolean requested,
        Instant firstSeenAt,
        Instant lastSeenAt,
        UUID release,
        State state,
        Optional<Suppression> suppression) {

    /** Where the triage of a finding stands. */
    public enum State {
        OPEN("Not triaged"),
        WAITING("Waits for a second person"),
        CONFIRMED("True, to be repaired"),
        SUPPRESSED("Suppressed");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * What suppresses a finding, as long as code and severity stay what they were.
     *
     * @param until moment from which it holds no longer
     * @param snippetHash the code that two people looked at
     * @param severity how bad the scan called it then
     * @param release the only release for which it holds; empty for all of the system
     */
    public record Suppression(Instant until, String snippetHash, String severity, Optional<UUID> release) {}

    /** Whether a gate of any release of the system counts it at a moment. */
    public boolean counts(Instant moment) {
        return suppression
                .filter(held -> moment.isBefore(held.until()))
                .filter(held -> held.snippetHash().equals(snippetHash))
                .filter(held -> held.severity().equals(severity))
                .isEmpty();
    }

    /** Why a suppression that was agreed to holds no longer; empty when there is none or it holds. */
    public Optional<String> lapsed(Instant moment) {
        return suppression.flatMap(held -> {
            if (!moment.isBefore(held.until())) {
                return Optional.of("The suppression ended.");
            }
            if (!held.snippetHash().equals(snippetHash)) {
                return Optional.of("The code at the place changed.");
            }
            return held.severity().equals(severity)
                    ? Optional.empty()
                    : Optional.of("The tool now calls it " + severity + ".");
        });
    }
}
