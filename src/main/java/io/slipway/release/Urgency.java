package io.slipway.release;

/** Whether a release follows the usual path or repairs production now. */
public enum Urgency {
    NORMAL("Normal"),
    EMERGENCY("Emergency");

    private final String label;

    Urgency(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
