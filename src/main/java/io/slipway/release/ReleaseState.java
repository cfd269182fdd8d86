package io.slipway.release;

/** Where a release stands; on hold is a flag beside any of these. */
public enum ReleaseState {
    DRAFT("Draft"),
    PLANNED("Planned"),
    IN_BUILD("In build"),
    IN_TEST("In test"),
    AWAITING_APPROVAL("Awaiting approval"),
    APPROVED("Approved"),
    SCHEDULED("Scheduled"),
    DEPLOYING("Deploying"),
    ROLLING_BACK("Rolling back"),
    VALIDATING("Validating"),
    HYPERCARE("Hypercare"),
    CLOSED("Closed"),
    CANCELLED("Cancelled");

    private final String label;

    ReleaseState(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** Whether nothing more will happen. */
    public boolean ended() {
        return this == CLOSED || this == CANCELLED;
    }

    /** Whether production may already have been touched, so that the way out is a rollback and not a cancellation. */
    public boolean touchesProduction() {
        return this == DEPLOYING || this == ROLLING_BACK || this == VALIDATING || this == HYPERCARE;
    }
}
