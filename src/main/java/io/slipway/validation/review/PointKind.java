package io.slipway.validation.review;

/** What people add to a review. */
public enum PointKind {
    FACTOR("Contributing factor"),
    HELPED("What helped"),
    ACTION("Action");

    private final String label;

    PointKind(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
