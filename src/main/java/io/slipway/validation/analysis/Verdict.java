package io.slipway.validation.analysis;

/** What a comparison says. */
public enum Verdict {
    PASS("Pass"),
    INCONCLUSIVE("Inconclusive"),
    DEGRADED("Degraded");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
