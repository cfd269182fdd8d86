package io.slipway.scope;

/** Whether an item is part of the release. */
public enum ItemDecision {
    OPEN("Not decided"),
    INCLUDED("In"),
    LEFT_OUT("Out"),
    DEFERRED("Deferred");

    private final String label;

    ItemDecision(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
