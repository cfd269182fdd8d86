package io.slipway.deployment;

import io.slipway.release.Refused;

/** A step was reached although an earlier one is not done: a token was moved, or a task was completed from outside. */
public class MissingStep extends Refused {

    private static final long serialVersionUID = 1L;

    MissingStep(Deployment deployment, String wanted, String missing) {
        super("Deployment " + deployment.number() + " of " + deployment.businessKey() + " on "
                + deployment.environment()
                + " is not ready " + wanted + ": " + missing
                + ". Please move the token back to that step; nothing was sent.");
    }
}
