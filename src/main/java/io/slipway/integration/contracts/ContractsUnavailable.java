package io.slipway.integration.contracts;

/** The register does not answer; the same call is repeated later. */
public class ContractsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence, and what went wrong. */
    public ContractsUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
