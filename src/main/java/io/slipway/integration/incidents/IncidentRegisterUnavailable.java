package io.slipway.integration.incidents;

/** The register does not answer now; the call may be repeated. */
public class IncidentRegisterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that says what was tried, and why it failed. */
    public IncidentRegisterUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
