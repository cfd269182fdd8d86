package io.slipway.platform.process;

/** What a version can be of. */
public enum ModelKind {
    PROCESS,
    DECISION,
    FORM
}
