package io.slipway.integration.channels;

/** It is not known whether a mail was taken; handing it over again is right. */
public final class MailUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why, in one sentence. */
    public MailUnavailable(String sentence) {
        super(sentence);
    }

    /** Says why, in one sentence. */
    public MailUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
