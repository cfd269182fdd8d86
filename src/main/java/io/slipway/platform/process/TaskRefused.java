package io.slipway.platform.process;

import org.camunda.bpm.engine.BadUserRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A person may not do this with a task, or not like this. The message is one sentence that the person reads in Tasklist, and it
 * says the remedy; nothing of the attempt is kept.
 */
public class TaskRefused extends BadUserRequestException {

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
