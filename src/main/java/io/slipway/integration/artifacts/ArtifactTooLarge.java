package io.slipway.integration.artifacts;

/** More bytes were handed in than the caller allows. Final. */
public class ArtifactTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    /** Names the limit in bytes. */
    public ArtifactTooLarge(long limit) {
        super("The file has more than " + limit + " bytes.");
        this.limit = limit;
    }

    /** Most bytes that were allowed. */
    public long limit() {
        return limit;
    }
}
