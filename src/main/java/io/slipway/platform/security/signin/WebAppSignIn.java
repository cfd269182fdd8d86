package io.slipway.platform.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/** Tells Tasklist, Cockpit and Admin who has signed in here; made by their filter by name, hence public. */
public class WebAppSignIn implements AuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return AuthenticationResult.unsuccessful();
        }
        List<String> groups =
                engine.getIdentityService().createGroupQuery().groupMember(principal.getName()).list().stream()
                        .map(Group::getId)
                        .toList();
        AuthenticationResult result = AuthenticationResult.successful(principal.getName());
        result.setGroups(groups);
        result.setTenants(List.of());
        return result;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // Who is not signed in does not come this far; the sign-in page is asked for in front of it.
    }
}
