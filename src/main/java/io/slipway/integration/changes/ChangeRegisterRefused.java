package io.slipway.integration.changes;

/** The register does not do this, and would not do it later either; the message names the reason. */
public class ChangeRegisterRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public ChangeRegisterRefused(String sentence) {
        super(sentence);
    }
}
