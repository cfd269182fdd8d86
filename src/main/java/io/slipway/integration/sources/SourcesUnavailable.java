package io.slipway.integration.sources;

/** The repository cannot be read at the moment, for instance because its disk is not mounted. Trying again later may help. */
public class SourcesUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence, and what went wrong. */
    public SourcesUnavailable(String sentence, Throwable cause) {
        super(sentence + " (" + cause + ")", cause);
    }
}
