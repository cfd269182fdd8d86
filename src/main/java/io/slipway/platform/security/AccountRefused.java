package io.slipway.platform.security;

import org.camunda.bpm.engine.BadUserRequestException;

/** An account cannot be opened or changed like this; the message is one sentence that says what to do. */
public class AccountRefused extends BadUserRequestException {

    private static final long serialVersionUID = 1L;

    /** Refuses with one sentence. */
    public AccountRefused(String sentence) {
        super(sentence);
    }
}
