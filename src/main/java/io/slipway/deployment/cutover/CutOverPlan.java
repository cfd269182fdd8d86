package io.slipway.deployment.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How users of production are led to the new version.
 *
 * @param name name under which they find the system; null where the address never changes, so that there is nothing to wait for
 * @param lowerBy latest moment to lower the time to live so that the window can begin with the switch; null without a name or window
 * @param loweredAt when it was lowered; null before that
 * @param switchFrom first moment at which the switch is safe; null without a name, or before it was lowered
 * @param steps in the order in which they are done
 * @param obstacles why the switch is refused now; empty when it is not
 */
public record CutOverPlan(
        @Nullable Name name,
        @Nullable Instant lowerBy,
        @Nullable Instant loweredAt,
        @Nullable Instant switchFrom,
        List<Step> steps,
        List<String> obstacles) {

    /** Keeps the lists as they are now. */
    public CutOverPlan {
        steps = List.copyOf(steps);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * A name that users look up.
     *
     * @param ttl how long an answer may be kept usually
     * @param lowered how long it may be kept around the switch
     */
    public record Name(String name, Duration ttl, Duration lowered) {}

    /**
     * A step.
     *
     * @param undo the way back from it
     */
    public record Step(String what, String how, String undo) {}
}
