package io.slipway.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One HTTP exchange of a synthetic check. {@code {name}} in path and body stands for a value that an earlier step took from an
 * answer; nothing else is replaced and nothing is evaluated.
 *
 * @param name what the step does, in words
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path below the address of the system, with a slash at its start
 * @param body JSON that is sent; null for none
 * @param status status that is expected
 * @param expect what the JSON of the answer must hold
 * @param extract values that later steps use
 */
public record CheckStep(
        String name,
        @DefaultValue("GET") Method method,
        String path,
        @Nullable String body,
        @DefaultValue("200") int status,
        @DefaultValue List<Expectation> expect,
        @DefaultValue List<Extraction> extract) {

    /** Keeps its own copies, and refuses what could not be asked. */
    public CheckStep {
        expect = List.copyOf(expect);
        extract = List.copyOf(extract);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A step of a synthetic check needs a name");
        }
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("The path of the step '" + name + "' must begin with a slash");
        }
    }

    /** How something is asked. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /**
     * A value that must be in the answer.
     *
     * @param pointer JSON pointer (RFC 6901), such as {@code /total}
     * @param equal the value as text; a number may be written in any way
     */
    public record Expectation(String pointer, String equal) {}

    /**
     * A value that is taken from the answer.
     *
     * @param name name under which later steps use it, letters and digits
     * @param pointer JSON pointer (RFC 6901), such as {@code /id}
     */
    public record Extraction(String name, String pointer) {}
}
