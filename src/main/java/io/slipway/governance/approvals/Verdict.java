package io.slipway.governance.approvals;

/** What one person decided. */
public enum Verdict {
    APPROVE("Approve"),
    REJECT("Reject");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** The word that people read. */
    public String label() {
        return label;
    }
}
