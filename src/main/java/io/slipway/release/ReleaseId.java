package io.slipway.release;

import java.util.UUID;

/** Identity of a release; never reused. */
public record ReleaseId(UUID value) {

    /** Draws a new identity. */
    public static ReleaseId draw() {
        return new ReleaseId(UUID.randomUUID());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static ReleaseId of(String text) {
        return new ReleaseId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
