package io.slipway.platform.security.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many attempts to sign in are let through.
 *
 * @param attemptsPerLoginAndAddress attempts for one login name from one address
 * @param attemptsPerAddress attempts from one address
 * @param attemptsPerLogin attempts for one login name from everywhere; addresses from which the person has signed in before are
 *     not held back by it, so that outsiders cannot lock anybody out
 * @param window after which attempts are forgotten
 * @param remembered most login names, and most addresses, that are counted at the same time
 */
@ConfigurationProperties("slipway.sign-in")
record SignInSettings(
        @DefaultValue("5") int attemptsPerLoginAndAddress,
        @DefaultValue("50") int attemptsPerAddress,
        @DefaultValue("20") int attemptsPerLogin,
        @DefaultValue("PT5M") Duration window,
        @DefaultValue("10000") int remembered) {}
