package io.slipway.platform.ledger;

/** Where an effect stands. */
public enum EffectState {
    /** Wanted, and nothing was sent. */
    PLANNED("Planned"),
    /** About to be sent or sent; committed before the first byte goes out. */
    STARTED("Started"),
    /** It is there; a probe agreed. */
    DONE("Done"),
    /** Definitely refused, or found not to have happened; nothing was changed. */
    FAILED("Failed"),
    /** It may have happened; a probe decides before anything is sent again. */
    UNKNOWN("Unknown"),
    /** Being taken back. */
    UNDOING("Undoing"),
    /** Taken back; a probe agreed. */
    UNDONE("Undone"),
    /** It may have been taken back. */
    UNDO_UNKNOWN("Undo unknown");

    private final String label;

    EffectState(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** Whether something is under way or in doubt, so that nobody may call the matter closed. */
    public boolean open() {
        return this == STARTED || this == UNKNOWN || this == UNDOING || this == UNDO_UNKNOWN;
    }
}
