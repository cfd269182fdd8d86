package io.slipway.platform.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.HttpHeaders;

/**
 * Opens the figures of the program, and nothing else, to a collector that brings it as a bearer token (RFC 6750): an account that may read
 * figures has a role, and with it may do what people of that role do.
 *
 * @param token at least {@value #SHORTEST} characters; null or blank where figures are for accounts alone
 */
@ConfigurationProperties("slipway.figures")
record FiguresToken(@Nullable String token) {

    private static final int SHORTEST = 32;
    private static final String BEARER = "bearer ";

    /** Refuses a token that could be guessed. */
    FiguresToken {
        if (token != null && !token.isBlank() && token.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "slipway.figures.token (SLIPWAY_FIGURES_TOKEN) needs at least " + SHORTEST + " characters");
        }
    }

    /** Whether a request brings a bearer token, right or wrong. */
    static boolean comesWith(HttpServletRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        return credentials != null && credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Whether a request brings this token; none does where there is none. */
    boolean isBroughtBy(HttpServletRequest request) {
        return token != null
                && !token.isBlank()
                && comesWith(request)
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        request.getHeader(HttpHeaders.AUTHORIZATION)
                                .substring(BEARER.length())
                                .strip()
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "FiguresToken";
    }
}
