package io.slipway.integration.targets;

import org.jspecify.annotations.Nullable;

/** The target could not be asked; nothing was changed, and a retry may help. */
public class TargetUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason in one sentence. */
    public TargetUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the change may have happened; then only a probe tells, and a retry repeats the same key. */
    public boolean outcomeUnknown() {
        return false;
    }
}
