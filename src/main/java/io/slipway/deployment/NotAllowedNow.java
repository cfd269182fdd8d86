package io.slipway.deployment;

import io.slipway.release.Environment;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import java.util.List;

/** An environment must not be touched now; the message lists every obstacle with its remedy. */
public class NotAllowedNow extends Refused {

    private static final long serialVersionUID = 1L;

    NotAllowedNow(Release release, Environment environment, List<String> obstacles) {
        super(environment.name() + " must not be touched for " + release.key() + " now: "
                + String.join(" ", obstacles)
                + " Nothing was sent; please clear this and retry the step.");
    }
}
