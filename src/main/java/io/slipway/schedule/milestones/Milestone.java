package io.slipway.schedule.milestones;

import io.slipway.release.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A milestone of a release.
 *
 * @param release key of the release
 * @param system key of its system
 * @param name which milestone
 * @param baseline when it was planned first
 * @param forecast when it is expected now; when it was, once it was
 * @param actual when it was; empty while it was not
 * @param cause what held it up; empty when nothing did
 */
public record Milestone(
        String release,
        String system,
        Name name,
        Instant baseline,
        Instant forecast,
        Optional<Instant> actual,
        Optional<String> cause) {

    /** The milestones, in their order. */
    public enum Name {
        PLANNED(0, "Planned", ReleaseState.PLANNED),
        BUILT(1, "Built", ReleaseState.IN_TEST),
        APPROVED(2, "Approved", ReleaseState.APPROVED),
        DEPLOYED(3, "Deployed", ReleaseState.VALIDATING),
        LIVE(4, "Live", ReleaseState.HYPERCARE),
        CLOSED(5, "Closed", ReleaseState.CLOSED);

        private final int position;
        private final String label;
        private final ReleaseState reachedIn;

        Name(int position, String label, ReleaseState reachedIn) {
            this.position = position;
            this.label = label;
            this.reachedIn = reachedIn;
        }

        /** Its place in the order, from 0. */
        int position() {
            return position;
        }

        /** The word that people read. */
        public String label() {
            return label;
        }

        /** The milestone that is reached by going into a state; empty where none is. */
        static Optional<Name> reachedIn(ReleaseState state) {
            return Arrays.stream(values())
                    .filter(name -> name.reachedIn == state)
                    .findFirst();
        }
    }

    /** How much later it is than planned first; zero when it is not. */
    public Duration slip() {
        Duration slip = Duration.between(baseline, actual.orElse(forecast));
        return slip.isNegative() ? Duration.ZERO : slip;
    }
}
