package io.slipway.release;

/** The stretch of the way that a release is on, coarser than its state. */
public enum ReleasePhase {
    PREPARATION("Prepare content"),
    AUTHORISATION("Authorise change"),
    LIVE("Go live"),
    ENDED("Ended");

    private final String label;

    ReleasePhase(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
