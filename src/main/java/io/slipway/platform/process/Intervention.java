package io.slipway.platform.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person did to the engine past the pages and forms of Slipway, such as moving a token or editing a variable.
 *
 * @param operation what was done, in the engine's words, such as {@code SetVariable}
 * @param subject what it was done to
 * @param rootInstance the outermost process instance above it; empty for what belongs to none
 * @param variables names of the variables that were set, changed or removed, each with which of them; never their values
 * @param before facts before it
 * @param after facts after it
 */
public record Intervention(
        String operation,
        String subject,
        Optional<String> rootInstance,
        List<String> variables,
        Map<String, String> before,
        Map<String, String> after) {

    /** Copies what is given. */
    public Intervention {
        variables = List.copyOf(variables);
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }
}
