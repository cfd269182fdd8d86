package io.slipway.platform.process;

import org.camunda.bpm.engine.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * A person may not do this with a task, or not like this. The message is one sentence that the person reads in Tasklist, and it
 * says the remedy; nothing of the attempt is kept.
 *
 * <p>The engine's interface passes on exceptions of this kind alone as they are, with the status 403; any other refusal by a listener
 * would become a fault of the server there, and its stack trace a warning in the log.
 */
public class TaskRefused extends AuthorizationException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    /** Refuses the whole attempt. */
    public TaskRefused(String sentence) {
        super(sentence);
        this.field = null;
    }

    /** Refuses because of one input. */
    public TaskRefused(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    /** The input at fault; null when the attempt as a whole is refused. */
    public @Nullable String field() {
        return field;
    }
}
