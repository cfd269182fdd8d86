package io.slipway.platform.ledger;

/** A definite no: nothing was changed. Thrown by effects, and by the ledger once it has written that down. */
public class EffectRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence naming the cause. */
    public EffectRefused(String message) {
        super(message);
    }

    /** With the exception that said so. */
    public EffectRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
