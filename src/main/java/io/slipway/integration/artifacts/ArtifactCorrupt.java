package io.slipway.integration.artifacts;

/** What lies in the store under a digest has other bytes. Final: nothing of it may be used. */
public class ArtifactCorrupt extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String actual;

    /** Names the digest that was asked for and the one of the bytes that are there. */
    public ArtifactCorrupt(String expected, String actual) {
        super("The file in the artifact store under SHA-256 " + expected + " now has SHA-256 " + actual + ".");
        this.actual = actual;
    }

    /** SHA-256 of the bytes that are there, in hexadecimal. */
    public String actual() {
        return actual;
    }
}
