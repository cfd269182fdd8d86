package io.slipway.quality;

/** What the table says of a gate. */
public enum Verdict {
    PASSED,
    FAILED
}
