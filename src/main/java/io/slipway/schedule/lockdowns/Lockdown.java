package io.slipway.schedule.lockdowns;

import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which nothing in its scope goes to production.
 *
 * @param number counts up
 * @param system key of the system; empty for all
 * @param state how far it is
 * @param reason why it was proposed
 * @param proposedBy person who proposed it; empty when the rule did
 * @param decidedBy person who approved or rejected it
 * @param enforcedAt from when on it holds
 * @param endedAt when it was over or rejected
 */
public record Lockdown(
        int number,
        Optional<String> system,
        State state,
        String reason,
        Optional<String> proposedBy,
        Instant proposedAt,
        Optional<String> decidedBy,
        Optional<Instant> enforcedAt,
        Optional<Instant> endedAt) {

    /** How far a lockdown is. */
    public enum State {
        PROPOSED("Proposed"),
        ENFORCED("In force"),
        REJECTED("Rejected"),
        ENDED("Over");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Its business key. */
    public String key() {
        return "lockdown-" + number;
    }

    /** What it holds, in the words that people read. */
    public String scope() {
        return system.orElse("all systems");
    }

    /** Whether it holds a release away from production: an emergency, which repairs what is broken, passes. */
    public boolean holds(Release release) {
        return state == State.ENFORCED
                && system.filter(key -> !key.equals(release.system())).isEmpty()
                && release.releaseClass().filter(ReleaseClass.EMERGENCY::equals).isEmpty();
    }
}
