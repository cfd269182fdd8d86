package io.slipway.release;

/** How a release ended. */
public enum ReleaseOutcome {
    SUCCESSFUL("Successful"),
    SUCCESSFUL_WITH_ISSUES("Successful with issues"),
    ROLLED_BACK("Rolled back"),
    UNSUCCESSFUL("Unsuccessful"),
    CANCELLED("Cancelled");

    private final String label;

    ReleaseOutcome(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
