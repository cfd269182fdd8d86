package io.slipway.integration.channels;

/** A mail will never be taken as it is. */
public final class MailRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why, in one sentence. */
    public MailRefused(String sentence) {
        super(sentence);
    }

    /** Says why, in one sentence. */
    public MailRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
