package io.slipway.platform.security.signin;

import java.io.Serializable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who has signed in.
 *
 * @param id opaque id of the person
 */
record SignedIn(String id) implements AuthenticatedPrincipal, Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return id;
    }
}
