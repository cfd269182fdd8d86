package io.slipway.release;

/** The rigor that a release is handled with, decided by the table {@code release-class}. */
public enum ReleaseClass {
    MAJOR("Major"),
    MINOR("Minor"),
    EMERGENCY("Emergency");

    private final String label;

    ReleaseClass(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
