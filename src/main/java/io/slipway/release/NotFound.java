package io.slipway.release;

/** What was asked for does not exist, or the asker may not know of it. */
public class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names what was looked for and the key that was given. */
    public NotFound(String what, String key) {
        super("There is no " + what + " '" + key + "'.");
    }
}
