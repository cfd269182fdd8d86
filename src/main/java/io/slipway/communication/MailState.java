package io.slipway.communication;

/** How far a message is. */
public enum MailState {
    PENDING("Waiting"),
    SENDING("Being sent"),
    SENT("Sent"),
    FAILED("Failed, tried again"),
    UNDELIVERABLE("Undeliverable");

    private final String label;

    MailState(String label) {
        this.label = label;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
