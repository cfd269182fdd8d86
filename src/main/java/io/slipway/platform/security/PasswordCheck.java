package io.slipway.platform.security;

/** Asks a person who is signed in for the password once more. */
public interface PasswordCheck {

    /**
     * Whether this is the password of the person. Wrong ones are counted: after each the person waits longer, and until then the
     * right one is not accepted either.
     *
     * @param person opaque id
     */
    boolean matches(String person, String password);
}
