package io.slipway.release;

/** The person does not have the role that this needs. */
public class NotPermitted extends Refused {

    private static final long serialVersionUID = 1L;

    /** One sentence naming the role that is needed. */
    public NotPermitted(String sentence) {
        super(sentence);
    }
}
