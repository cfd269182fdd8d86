package io.slipway.integration.artifacts;

/** Nothing lies in the store under a digest. Final: asking again does not help, handing the file in again does. */
public class ArtifactMissing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the digest that was asked for. */
    public ArtifactMissing(String sha256) {
        super("The artifact store has no file with SHA-256 " + sha256 + ".");
    }
}
