package io.slipway.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.data.DatabaseAway;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says in a sentence that the database is away. It stands before whatever asks for a session: the usual page of an error would ask the
 * database for one, wait as long again, and fail as well.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class AnswersWithoutDatabase extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswersWithoutDatabase.class);
    private static final String LATER_SECONDS = "10";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>%1$s · Slipway</title>
              <link rel="stylesheet" href="%3$s/css/slipway.css">
            </head>
            <body>
              <main id="main"><section class="empty"><h1>%1$s</h1><p role="alert">%2$s</p></section></main>
            </body>
            </html>
            """;

    private final ObjectMapper json;

    AnswersWithoutDatabase(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || !DatabaseAway.caused(e)) {
                throw e;
            }
            LOG.warn("{} {} found no database: {}", request.getMethod(), request.getRequestURI(), e.toString());
            answer(request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, LATER_SECONDS);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        String heading = Failures.heading(HttpStatus.SERVICE_UNAVAILABLE);
        boolean program = FailureAnswers.forPrograms(request.getRequestURI());
        byte[] body = program
                ? json.writeValueAsBytes(Map.of(
                        "type",
                        "about:blank",
                        "title",
                        heading,
                        "status",
                        HttpStatus.SERVICE_UNAVAILABLE.value(),
                        "detail",
                        DatabaseAway.SENTENCE,
                        // Tasklist reads this one.
                        "message",
                        DatabaseAway.SENTENCE))
                : PAGE.formatted(heading, DatabaseAway.SENTENCE, request.getContextPath())
                        .getBytes(StandardCharsets.UTF_8);
        response.setContentType(program ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : "text/html;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
