package io.slipway.integration.contracts;

/** The register does not accept this; the message names the reason. */
public class ContractsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public ContractsRefused(String sentence) {
        super(sentence);
    }
}
