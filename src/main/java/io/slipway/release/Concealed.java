package io.slipway.release;

import io.slipway.platform.web.DisguisedRefusal;

/** What was asked for exists, and the asker may not know of it; nothing of the answer tells it from {@link NotFound}. */
public final class Concealed extends NotFound implements DisguisedRefusal {

    private static final long serialVersionUID = 1L;

    /** Names what was looked for and the key that was given. */
    public Concealed(String what, String key) {
        super(what, key);
    }
}
