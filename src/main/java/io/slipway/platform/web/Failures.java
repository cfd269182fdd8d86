package io.slipway.platform.web;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.slipway.platform.data.DatabaseAway;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.AccountRefused;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** Turns exceptions into what people and programs are told; nothing of the inside is told with it. */
@Component
class Failures {

    private static final int DEPTH = 8;

    private final List<FailureMapping> mappings;

    Failures(List<FailureMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    /** How this exception is told. */
    Failure of(Exception exception) {
        if (DatabaseAway.caused(exception)) {
            return new Failure(HttpStatus.SERVICE_UNAVAILABLE, DatabaseAway.SENTENCE);
        }
        Throwable at = exception;
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            Throwable cause = at;
            Optional<Failure> told = mappings.stream()
                    .flatMap(mapping -> mapping.of(cause).stream())
                    .findFirst();
            if (told.isPresent()) {
                return told.get();
            }
            Failure known = known(cause);
            if (known != null) {
                return known;
            }
            at = cause.getCause();
        }
        if (exception instanceof ErrorResponse response) {
            return new Failure(response.getStatusCode(), sentence(response.getStatusCode()));
        }
        return new Failure(HttpStatus.INTERNAL_SERVER_ERROR, sentence(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    private static @Nullable Failure known(Throwable exception) {
        if (exception instanceof TaskRefused refused) {
            return new Failure(HttpStatus.BAD_REQUEST, text(refused), refused.field());
        }
        if (exception instanceof AccountRefused refused) {
            return new Failure(HttpStatus.BAD_REQUEST, text(refused));
        }
        if (exception instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (exception instanceof MaxUploadSizeExceededException) {
            return new Failure(
                    HttpStatus.PAYLOAD_TOO_LARGE, "The upload is larger than what is accepted here.", "file");
        }
        if (exception instanceof MissingServletRequestPartException missing) {
            return new Failure(
                    HttpStatus.BAD_REQUEST,
                    "Please choose a file for '" + missing.getRequestPartName() + "'.",
                    missing.getRequestPartName());
        }
        if (exception instanceof MultipartException) {
            return new Failure(
                    HttpStatus.BAD_REQUEST, "The upload could not be read; please send it as multipart/form-data.");
        }
        if (exception instanceof MethodArgumentTypeMismatchException mismatch) {
            return new Failure(
                    HttpStatus.BAD_REQUEST,
                    ExpectedForm.unreadable(mismatch.getName(), mismatch.getRequiredType()),
                    mismatch.getName());
        }
        if (exception instanceof MissingServletRequestParameterException missing) {
            return new Failure(
                    HttpStatus.BAD_REQUEST,
                    "'" + missing.getParameterName() + "' is missing.",
                    missing.getParameterName());
        }
        if (exception instanceof MissingRequestValueException) {
            return new Failure(HttpStatus.BAD_REQUEST, "The request lacks a value that is needed.");
        }
        if (exception instanceof BindException binding && binding.getFieldError() != null) {
            FieldError error = binding.getFieldError();
            Class<?> type = error.contains(TypeMismatchException.class)
                    ? error.unwrap(TypeMismatchException.class).getRequiredType()
                    : null;
            return new Failure(
                    HttpStatus.BAD_REQUEST, ExpectedForm.unreadable(error.getField(), type), error.getField());
        }
        if (exception instanceof HttpRequestMethodNotSupportedException method) {
            return new Failure(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "This address answers " + joined(method.getSupportedMethods()) + " only.");
        }
        if (exception instanceof HttpMediaTypeNotSupportedException type) {
            return new Failure(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Please send " + joined(type.getSupportedMediaTypes()) + ".");
        }
        if (exception instanceof HttpMediaTypeNotAcceptableException type) {
            return new Failure(
                    HttpStatus.NOT_ACCEPTABLE,
                    "The answer can be had as " + joined(type.getSupportedMediaTypes()) + ".");
        }
        if (exception instanceof AuthorizationException) {
            return new Failure(HttpStatus.FORBIDDEN, "You do not have the right to do this.");
        }
        if (exception instanceof OptimisticLockingException || exception instanceof ConcurrencyFailureException) {
            return new Failure(
                    HttpStatus.CONFLICT, "Somebody else changed this at the same moment; please look and try again.");
        }
        if (exception instanceof DataIntegrityViolationException) {
            return new Failure(
                    HttpStatus.CONFLICT, "This contradicts what is recorded already; please look and try again.");
        }
        return null;
    }

    private static Failure unreadable(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(reference -> reference.getFieldName() == null
                            ? "[" + reference.getIndex() + "]"
                            : reference.getFieldName())
                    .collect(Collectors.joining("."));
            String sentence = mapping instanceof UnrecognizedPropertyException
                    ? "'" + field + "' is not known here."
                    : mapping instanceof InvalidFormatException format && format.getTargetType() == String.class
                            ? "'" + field + "' has control characters; please leave them out."
                            : ExpectedForm.unreadable(field, wanted(mapping));
            return new Failure(HttpStatus.BAD_REQUEST, sentence, field);
        }
        return new Failure(HttpStatus.BAD_REQUEST, "The body of the request is missing or is no readable JSON.");
    }

    private static @Nullable Class<?> wanted(JsonMappingException mapping) {
        if (mapping.getCause() instanceof InputCoercionException tooLarge) {
            return tooLarge.getTargetType();
        }
        return mapping instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
    }

    private static String text(Exception exception) {
        return exception.getMessage() == null ? "This is not possible." : exception.getMessage();
    }

    private static String joined(String @Nullable [] values) {
        return values == null ? "nothing" : String.join(", ", values);
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** The sentence for a status of which nothing more is known. */
    static String sentence(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request cannot be understood.";
            case 401 -> "Please sign in.";
            case 403 ->
                "Your roles do not allow this, or the page stood open for too long. An administrator can give you the role that it needs.";
            case 404 -> "There is nothing at this address, or your roles do not show it to you.";
            case 405 -> "This address cannot be used in this way.";
            case 413 -> "The upload is larger than what is accepted here.";
            case 503 -> "Slipway is busy or stopping; please try again in a moment.";
            default ->
                status.is4xxClientError()
                        ? "The request was refused (" + status.value() + ")."
                        : "Something went wrong inside Slipway; nothing of your request was kept. Operations finds it in the log"
                                + " under the reference below.";
        };
    }

    /** Words for the heading of a page that tells of this status. */
    static String heading(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return switch (status.value()) {
            case 400 -> "Not understood";
            case 401 -> "Not signed in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Not possible here";
            case 406, 415 -> "Not in this form";
            case 409, 412 -> "Changed meanwhile";
            case 413 -> "Too large";
            case 429 -> "Too often";
            case 500 -> "Something went wrong";
            case 503 -> "Busy at the moment";
            default ->
                known == null
                        ? "Error " + status.value()
                        : known.getReasonPhrase().charAt(0)
                                + known.getReasonPhrase().substring(1).toLowerCase(Locale.ROOT);
        };
    }
}
