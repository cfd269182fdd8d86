package io.slipway.platform.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Answers programs whose credentials were refused: as a problem (RFC 9457), or in the shape of the engine's own errors at its interface. */
class BasicRefusal implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof SignInThrottled throttled) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(throttled.seconds()));
            answer(request, response, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(throttled.getMessage()));
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Slipway\", charset=\"UTF-8\"");
            answer(request, response, HttpStatus.UNAUTHORIZED, "Login name or password is wrong.");
        }
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String sentence)
            throws IOException {
        boolean engine = request.getServletPath().startsWith("/engine-rest");
        response.setStatus(status.value());
        response.setContentType(engine ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(
                        engine
                                ? "{\"type\":\"SignInRefused\",\"message\":\"" + sentence + "\"}"
                                : "{\"type\":\"about:blank\",\"title\":\"" + status.getReasonPhrase() + "\",\"status\":"
                                        + status.value() + ",\"detail\":\"" + sentence + "\"}");
    }
}
