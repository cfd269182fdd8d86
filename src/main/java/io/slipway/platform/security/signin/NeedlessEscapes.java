package io.slipway.platform.security.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Refuses an address in which a letter, digit, hyphen, dot, underscore or tilde is written as an escape, which no honest client does
 * (RFC 3986, 2.3). Camunda's filters compare the address as it was written and its servlets as it was meant, so that
 * {@code /camunda/%61pi/} would reach the engine without anybody's name.
 */
class NeedlessEscapes extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Pattern NEEDLESS_ESCAPE =
            Pattern.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (NEEDLESS_ESCAPE.matcher(request.getRequestURI()).find()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(request, response);
        }
    }
}
