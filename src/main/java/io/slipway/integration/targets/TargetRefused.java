package io.slipway.integration.targets;

/** The target refused: nothing was changed, and the same request would be refused again. */
public final class TargetRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why it was refused. */
    public enum Reason {
        /** The caller's lease is over: a newer holder has acted. */
        STALE_FENCE,
        /** The key belongs to another request. */
        KEY_REUSED,
        /** The content is not what its digest says. */
        DIGEST_MISMATCH,
        /** An archive would leave its directory, or holds links or too much. */
        UNSAFE_PACKAGE,
        /** The present state forbids it, e.g. traffic to a service that does not run. */
        CONFLICT,
        /** Too large. */
        TOO_LARGE,
        /** The token is not accepted. */
        UNAUTHORIZED,
        /** The request itself is wrong. */
        INVALID_REQUEST
    }

    private final Reason reason;

    /** With the target's reason and explanation. */
    public TargetRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }
}
