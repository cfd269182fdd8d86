package io.slipway.integration.artifacts;

/** The artifact store does not answer, for instance because its disk is full or not mounted. Trying again later may help. */
public class ArtifactUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what was tried. */
    public ArtifactUnavailable(String attempt, Throwable cause) {
        super(attempt + " did not work: " + cause, cause);
    }
}
