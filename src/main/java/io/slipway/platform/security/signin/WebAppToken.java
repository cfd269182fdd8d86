package io.slipway.platform.security.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a session the token that Tasklist, Cockpit and Admin have to bring against forged requests. The web applications draw one for the
 * first request that finds none, behind a lock of the session; where a session lies in the database, two requests that come at once hold
 * no lock in common and draw two, and the change that brings the wrong one ends the session. Here all requests of a session come to the
 * same, on each node.
 */
class WebAppToken extends OncePerRequestFilter {

    /** Where the web applications keep it. */
    private static final String ATTRIBUTE = "CAMUNDA_CSRF_TOKEN";

    private static final String COOKIE = "XSRF-TOKEN";
    private static final String HEADER = "X-XSRF-TOKEN";
    private static final int LENGTH = 32;

    private final boolean https;

    WebAppToken(boolean https) {
        this.https = https;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            String token = token(session);
            if (!brings(request, token)) {
                response.addHeader(
                        HttpHeaders.SET_COOKIE, cookie(request, token).toString());
                response.setHeader(HEADER, token);
            }
        }
        chain.doFilter(request, response);
    }

    private static String token(HttpSession session) {
        if (session.getAttribute(ATTRIBUTE) instanceof String kept) {
            return kept;
        }
        String token = derived(session.getId());
        session.setAttribute(ATTRIBUTE, token);
        return token;
    }

    /** Nobody else knows the id of a session, and nobody finds it from this. */
    private static String derived(String session) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("web applications " + session).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }

    private static boolean brings(HttpServletRequest request, String token) {
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(cookie -> COOKIE.equals(cookie.getName()) && token.equals(cookie.getValue()));
    }

    /** Read by the scripts of the web applications, hence not hidden from scripts. */
    private ResponseCookie cookie(HttpServletRequest request, String token) {
        return ResponseCookie.from(COOKIE, token)
                .path(request.getContextPath() + "/camunda")
                .sameSite("Lax")
                .secure(https || request.isSecure())
                .build();
    }
}
