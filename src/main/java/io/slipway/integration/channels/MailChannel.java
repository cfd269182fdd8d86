package io.slipway.integration.channels;

/** Takes mails to people. */
public interface MailChannel {

    /** What the archive calls this way, such as {@code mail}. */
    String name();

    /** Whether a person without an address can be reached. */
    boolean needsAddress();

    /**
     * Hands a mail over. The same mail may be handed over twice, when it was not known how the first time ended; its id tells the
     * reader's program so.
     *
     * @throws MailUnavailable when it cannot be told whether it was taken; hand it over again
     * @throws MailRefused when it will never be taken
     */
    void send(Mail mail);
}
