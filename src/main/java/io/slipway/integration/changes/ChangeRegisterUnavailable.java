package io.slipway.integration.changes;

/** The register did not answer, so that nobody knows whether it did what was asked; the same call is repeated later. */
public class ChangeRegisterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence, and what went wrong. */
    public ChangeRegisterUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
