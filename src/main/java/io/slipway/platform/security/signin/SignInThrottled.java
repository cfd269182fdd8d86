package io.slipway.platform.security.signin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many attempts; says nothing of whether the login name exists. */
class SignInThrottled extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final long seconds;

    SignInThrottled(Duration wait) {
        super("Too many attempts to sign in; please try again in " + minutes(wait) + ".");
        this.seconds = Math.max(1, wait.toSeconds());
    }

    /** How long to wait, in seconds. */
    long seconds() {
        return seconds;
    }

    private static String minutes(Duration wait) {
        long minutes = Math.max(1, (wait.toSeconds() + 59) / 60);
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }
}
