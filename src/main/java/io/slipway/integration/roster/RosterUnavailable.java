package io.slipway.integration.roster;

/** The roster does not answer now; the call may be repeated. */
public class RosterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that says what was tried, and why it failed. */
    public RosterUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
