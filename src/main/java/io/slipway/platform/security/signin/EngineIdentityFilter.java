package io.slipway.platform.security.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the engine know, for the time of a request, who is signed in and with which groups; the web applications do so themselves. */
class EngineIdentityFilter extends OncePerRequestFilter {

    private final IdentityService identities;
    private final Standings standings;

    EngineIdentityFilter(IdentityService identities, Standings standings) {
        this.identities = identities;
        this.standings = standings;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/camunda/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || authentication instanceof AnonymousAuthenticationToken
                || !authentication.isAuthenticated()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            identities.setAuthentication(authentication.getName(), standings.groups(request, authentication.getName()));
            chain.doFilter(request, response);
        } finally {
            identities.clearAuthentication();
        }
    }
}
