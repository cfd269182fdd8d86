package io.slipway.release;

/** The rigor that a release is handled with, decided by the table {@code release-class}. */
public enum ReleaseClass {
    MAJOR,
    MINOR,
    EMERGENCY
}
