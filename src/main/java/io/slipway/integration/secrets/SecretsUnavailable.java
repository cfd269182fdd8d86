package io.slipway.integration.secrets;

/** Secrets cannot be read at the moment; the message names the reason and no secret. */
public class SecretsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public SecretsUnavailable(String sentence) {
        super(sentence);
    }
}
