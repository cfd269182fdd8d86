package io.slipway.integration.ci;

/** The builder cannot work at the moment. Trying again later may help. */
public class BuildUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public BuildUnavailable(String sentence, Throwable cause) {
        super(sentence + " (" + cause + ")", cause);
    }
}
