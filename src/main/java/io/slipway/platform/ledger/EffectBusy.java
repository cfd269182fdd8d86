package io.slipway.platform.ledger;

/** Another worker is at the same effect; trying again later is the remedy. */
public class EffectBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence naming the cause. */
    public EffectBusy(String message) {
        super(message);
    }
}
