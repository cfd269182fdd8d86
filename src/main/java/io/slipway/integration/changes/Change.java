package io.slipway.integration.changes;

import java.time.Instant;
import java.util.Optional;

/**
 * A ticket as the register holds it.
 *
 * @param number what people call it, such as {@code CHG-000001}
 * @param content what it was opened for
 * @param state where the work stands
 * @param outcome how it ended; empty until it is closed
 * @param note what was written at the end; empty until it is closed
 * @param openedAt when it was opened
 * @param closedAt when it was closed; empty until then
 */
public record Change(
        String number,
        NewChange content,
        State state,
        Optional<Outcome> outcome,
        String note,
        Instant openedAt,
        Optional<Instant> closedAt) {

    /** How a change is handled. */
    public enum Kind {
        NORMAL,
        EMERGENCY
    }

    /** Where a change stands. */
    public enum State {
        NEW,
        ASSESSING,
        AUTHORISED,
        SCHEDULED,
        IMPLEMENTING,
        BACKING_OUT,
        REVIEWING,
        CLOSED
    }

    /** How a change ended. */
    public enum Outcome {
        SUCCESSFUL,
        SUCCESSFUL_WITH_ISSUES,
        ROLLED_BACK,
        UNSUCCESSFUL,
        CANCELLED
    }
}
