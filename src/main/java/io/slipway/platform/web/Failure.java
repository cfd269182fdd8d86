package io.slipway.platform.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * How a failure is told to whoever caused or met it.
 *
 * @param sentence what is wrong and what remedies it, in words for people
 * @param field the input at fault; null when it is none in particular
 */
public record Failure(
        HttpStatusCode status, String sentence, @Nullable String field) {

    /** Tells of no input in particular. */
    public Failure(HttpStatusCode status, String sentence) {
        this(status, sentence, null);
    }
}
