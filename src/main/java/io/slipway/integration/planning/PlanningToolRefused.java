package io.slipway.integration.planning;

/** The planning tool does not do this, and would not do it later either; the message names the reason. */
public class PlanningToolRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public PlanningToolRefused(String sentence) {
        super(sentence);
    }
}
