package io.slipway.platform.ledger;

/** It is not known whether an effect happened, and no probe could tell; a person looks, and the next try probes again. */
public class EffectUnclear extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence naming the cause. */
    public EffectUnclear(String message) {
        super(message);
    }
}
