package io.slipway.platform.security.signin;

import java.util.List;
import java.util.function.Predicate;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets a request pass when the groups that the person has now are enough. */
final class RoleAccess {

    private RoleAccess() {}

    static AuthorizationManager<RequestAuthorizationContext> when(Standings standings, Predicate<List<String>> enough) {
        return (signedIn, asked) -> {
            Authentication authentication = signedIn.get();
            boolean person = authentication != null
                    && authentication.isAuthenticated()
                    && !(authentication instanceof AnonymousAuthenticationToken);
            return new AuthorizationDecision(
                    person && enough.test(standings.groups(asked.getRequest(), authentication.getName())));
        };
    }
}
