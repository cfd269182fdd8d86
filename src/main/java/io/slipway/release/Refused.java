package io.slipway.release;

import io.slipway.platform.process.TaskRefused;

/** A rule of the release speaks against it; the message is one sentence that names the remedy. */
public class Refused extends TaskRefused {

    private static final long serialVersionUID = 1L;

    /** Refuses as a whole. */
    public Refused(String sentence) {
        super(sentence);
    }

    /** Refuses as a whole because of what lies beneath. */
    public Refused(String sentence, Throwable cause) {
        super(sentence);
        initCause(cause);
    }

    /** Refuses because of one input. */
    public Refused(String field, String sentence) {
        super(field, sentence);
    }
}
