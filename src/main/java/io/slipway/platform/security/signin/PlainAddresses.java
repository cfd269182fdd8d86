package io.slipway.platform.security.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Refuses an address that can be read in more than one way, which no honest client sends: a letter, digit, hyphen, dot, underscore or
 * tilde written as an escape (RFC 3986, 2.3), an empty segment, a parameter of a segment, a backslash, a slash as an escape.
 *
 * <p>Camunda's filters compare the address as it was written and its servlets as it was meant, so that {@code /camunda/%61pi/} would
 * reach the engine without anybody's name.
 */
class PlainAddresses extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Pattern AMBIGUOUS =
            Pattern.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])"
                    + "|//|;|\\\\|%(?:2[fF]|3[bB]|5[cC])");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
            // Without a page for it, which would be looked for under the same address.
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(request, response);
        }
    }
}
