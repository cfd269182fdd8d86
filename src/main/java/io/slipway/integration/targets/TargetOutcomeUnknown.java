package io.slipway.integration.targets;

import org.jspecify.annotations.Nullable;

/** The target was asked, and whether it did what was asked is not known: no answer in time, a broken connection, a failure. */
public final class TargetOutcomeUnknown extends TargetUnavailable {

    private static final long serialVersionUID = 1L;

    /** With the reason in one sentence. */
    public TargetOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean outcomeUnknown() {
        return true;
    }
}
