package io.slipway.integration.ci;

/** The order cannot be carried out, and could not be later either; the message names the reason. */
public class BuildRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public BuildRefused(String sentence) {
        super(sentence);
    }
}
