package io.slipway.platform.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * A process variable with its type; the only way in which code reads and writes variables.
 *
 * <p>Variables steer the order of steps. What may happen at all is decided from records, because whoever may edit variables in
 * Cockpit could write anything here.
 *
 * @param <T> type of the value
 */
public record ProcessVariable<T>(String name, Class<T> type) {

    /** Declares a variable. */
    public static <T> ProcessVariable<T> of(String name, Class<T> type) {
        return new ProcessVariable<>(name, type);
    }

    /**
     * Reads a value that must be there.
     *
     * @throws IllegalStateException naming variable and activity, when it is missing or of another type
     */
    public T require(VariableScope scope) {
        return find(scope)
                .orElseThrow(() -> new IllegalStateException("The variable '" + name + "' is missing" + at(scope)));
    }

    /**
     * Reads a value that may be absent.
     *
     * @throws IllegalStateException when it is of another type
     */
    public Optional<T> find(VariableScope scope) {
        Object value = scope.getVariable(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new IllegalStateException("The variable '" + name + "' holds a "
                    + value.getClass().getSimpleName() + " and not a " + type.getSimpleName() + at(scope));
        }
        return Optional.of(type.cast(value));
    }

    /** Writes a value where the variable lives, or into the outermost scope of this process when it is new. */
    public void set(VariableScope scope, @Nullable T value) {
        // The engine reads back only lists of classes that it trusts, and the immutable ones are not among them.
        scope.setVariable(name, value instanceof List<?> list ? new ArrayList<>(list) : value);
    }

    private static String at(VariableScope scope) {
        return scope instanceof DelegateExecution execution
                ? " at " + execution.getCurrentActivityId() + " of release " + execution.getProcessBusinessKey()
                : "";
    }
}
