package io.slipway.platform.security.signin;

import io.slipway.platform.security.Denials;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells of requests that end with 403, that a page answers with the refusal of a role, or that are answered with "not found" because the
 * asker may not know of what is there: whoever asked is known here, and the transaction of the refused deed is over.
 */
final class DeniedRequests extends OncePerRequestFilter {

    /** Set by whoever turns a refusal into an answer of another status. */
    static final String DENIED = "slipway.denied";

    private final ObjectProvider<Denials> denials;

    DeniedRequests(ObjectProvider<Denials> denials) {
        this.denials = denials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        boolean denied = response.getStatus() == HttpServletResponse.SC_FORBIDDEN
                || Boolean.TRUE.equals(request.getAttribute(DENIED));
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (denied && caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken)) {
            denials.forEach(denial -> denial.denied(caller.getName(), request.getMethod(), request.getRequestURI()));
        }
    }
}
