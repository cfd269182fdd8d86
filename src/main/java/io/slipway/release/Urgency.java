package io.slipway.release;

/** Whether a release follows the usual path or repairs production now. */
public enum Urgency {
    NORMAL,
    EMERGENCY
}
