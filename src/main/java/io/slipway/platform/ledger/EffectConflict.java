package io.slipway.platform.ledger;

/** The key belongs to another request, or to an effect that has been taken back; nothing was sent. */
public class EffectConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence naming the cause. */
    public EffectConflict(String message) {
        super(message);
    }
}
