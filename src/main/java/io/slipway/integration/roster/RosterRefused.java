package io.slipway.integration.roster;

/** The roster does not do this, and would not do it later either; the message names the reason. */
public class RosterRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** The field that is wrong, and one sentence that names reason and remedy. */
    public RosterRefused(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    /** Name of the field that is wrong. */
    public String field() {
        return field;
    }
}
