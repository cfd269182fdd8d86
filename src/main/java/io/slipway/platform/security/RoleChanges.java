package io.slipway.platform.security;

import org.jspecify.annotations.Nullable;

/** Is told of every role that somebody gets or loses, in the transaction of the change. */
public interface RoleChanges {

    /**
     * A membership changed.
     *
     * @param actor opaque id of the person who changed it; null when the program did
     * @param joined whether the person has the role now
     */
    void changed(@Nullable String actor, String person, String group, boolean joined);
}
