package io.slipway.platform.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Answers who is not signed in: programs and scripts with 401, people with the sign-in page. */
class AskToSignIn implements AuthenticationEntryPoint {

    private final RequestMatcher programs;

    AskToSignIn(RequestMatcher programs) {
        this.programs = programs;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        boolean expired = request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
        String page = request.getContextPath() + (expired ? "/login?expired" : "/login");
        if (request.getHeader("HX-Request") != null) {
            // htmx would put the sign-in page into the middle of the page that asked.
            response.setHeader("HX-Redirect", page);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (programs.matches(request)) {
            response.sendError(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.sendRedirect(page);
        }
    }
}
