package io.slipway.validation.closing;

/** What the review of an emergency found. */
public enum ReviewVerdict {
    ACCEPTED("Accepted"),
    FINDINGS("Accepted with findings");

    private final String label;

    ReviewVerdict(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
