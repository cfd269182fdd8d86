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

    /** The stretch of the way that this state belongs to. */
    public ReleasePhase phase() {
        return switch (this) {
            case DRAFT, PLANNED, IN_BUILD, IN_TEST -> ReleasePhase.PREPARATION;
            case AWAITING_APPROVAL, APPROVED, SCHEDULED -> ReleasePhase.AUTHORISATION;
            case DEPLOYING, ROLLING_BACK, VALIDATING, HYPERCARE -> ReleasePhase.LIVE;
            case CLOSED, CANCELLED -> ReleasePhase.ENDED;
        };
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
