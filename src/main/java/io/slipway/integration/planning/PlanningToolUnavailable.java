package io.slipway.integration.planning;

import org.jspecify.annotations.Nullable;

/** It cannot be told whether the planning tool knows; the call may be repeated. */
public class PlanningToolUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that says what was tried, and why it failed. */
    public PlanningToolUnavailable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
