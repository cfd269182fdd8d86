package io.slipway.platform.web;

import io.slipway.platform.data.DatabaseAway;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Tells of failures: programs get problem details (RFC 9457), people the page they came from with the refusal on it, or a page that
 * says what is wrong.
 */
@Controller
@ControllerAdvice
class FailureAnswers implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswers.class);

    /** Set on a request that was refused, where the status of the answer does not say so. */
    private static final String DENIED = "slipway.denied";

    private static final int DEPTH = 8;

    private final Failures failures;
    private final PageFrame frame;

    FailureAnswers(Failures failures, PageFrame frame) {
        this.failures = failures;
        this.frame = frame;
    }

    /** Whoever asked has left: nobody reads an answer, and nothing failed here. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void left() {
        // The container has closed the exchange.
    }

    @ExceptionHandler(Exception.class)
    Object failed(Exception exception, HttpServletRequest request) throws Exception {
        if (exception instanceof AccessDeniedException || exception instanceof AuthenticationException) {
            // The chain of security answers these, with the sign-in page where nobody is signed in.
            throw exception;
        }
        Failure failure = failures.of(exception);
        if (disguised(exception)) {
            request.setAttribute(DENIED, true);
        }
        String reference = null;
        if (DatabaseAway.caused(exception)) {
            // The log has it from whatever asks the database by the clock.
            LOG.warn("{} {} found no database: {}", request.getMethod(), request.getRequestURI(), exception.toString());
        } else if (failure.status().is5xxServerError()) {
            reference = UUID.randomUUID().toString().substring(0, 8);
            LOG.error(
                    "Request failed, reference {}: {} {}",
                    reference,
                    request.getMethod(),
                    request.getRequestURI(),
                    exception);
        }
        HttpHeaders headers = exception instanceof ErrorResponse response ? response.getHeaders() : HttpHeaders.EMPTY;
        return answer(request, request.getRequestURI(), failure, reference, headers);
    }

    /** What the container or the chain of security refused before a controller saw it. */
    @RequestMapping("${server.error.path:/error}")
    Object refused(HttpServletRequest request) {
        HttpStatusCode status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatusCode.valueOf(code)
                : HttpStatus.NOT_FOUND;
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
        return answer(request, path, new Failure(status, Failures.sentence(status)), null, HttpHeaders.EMPTY);
    }

    private static boolean disguised(Exception exception) {
        Throwable at = exception;
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            if (at instanceof DisguisedRefusal) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private Object answer(
            HttpServletRequest request, String path, Failure failure, @Nullable String reference, HttpHeaders headers) {
        if (forPrograms(path)) {
            return problem(path, failure, reference, headers);
        }
        Optional<String> origin = origin(request);
        if (failure.status().value() == HttpServletResponse.SC_FORBIDDEN) {
            // A page that is led back to says it with another status; who counts refusals looks for this.
            request.setAttribute(DENIED, true);
        }
        boolean sent =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if (sent
                && origin.isPresent()
                && failure.status().is4xxClientError()
                && failure.status().value() != 404) {
            RequestContextUtils.getOutputFlashMap(request).put("refusal", failure.sentence());
            return new ModelAndView("redirect:" + origin.get());
        }
        // An address that answers no GET is refused before any page is begun.
        frame.put(request);
        ModelAndView page = new ModelAndView("error");
        page.setStatus(failure.status());
        page.addObject("heading", Failures.heading(failure.status()));
        page.addObject("sentence", failure.sentence());
        page.addObject("reference", reference);
        return page;
    }

    private static ResponseEntity<ProblemDetail> problem(
            String path, Failure failure, @Nullable String reference, HttpHeaders headers) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(failure.status(), failure.sentence());
        problem.setTitle(Failures.heading(failure.status()));
        address(path).ifPresent(problem::setInstance);
        if (failure.field() != null) {
            problem.setProperty("field", failure.field());
        }
        if (reference != null) {
            problem.setProperty("reference", reference);
        }
        return ResponseEntity.status(failure.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** The address that was asked for; an error dispatch would name its own. */
    private static Optional<URI> address(String path) {
        try {
            return Optional.of(new URI(path));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /** Whether whoever asks at this address reads no pages. */
    static boolean forPrograms(String path) {
        return path.startsWith("/api/") || path.startsWith("/engine-rest/") || path.startsWith("/camunda/api/");
    }

    /** Path of the page that a form was sent from, if it is one of ours. */
    private static Optional<String> origin(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null || RequestContextUtils.getOutputFlashMap(request) == null) {
            return Optional.empty();
        }
        try {
            URI page = new URI(referer);
            boolean ours = request.getServerName().equals(page.getHost())
                    && page.getRawPath() != null
                    && page.getRawPath().startsWith("/")
                    && !page.getRawPath().startsWith("//");
            return ours
                    ? Optional.of(page.getRawPath() + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery()))
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
