package io.slipway.platform.security.signin;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.platform.text.Beginning;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Checks login name and password, for the form and for HTTP basic alike: the name is mapped to the opaque id first, and the engine
 * checks the password.
 *
 * <p>A wrong name, a wrong password, a closed account and an account that has to wait look the same from outside. Of each refusal the
 * engine makes the account wait, up to a minute; who has signed in from an address before is freed from that there.
 */
@Component
class SignIn implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final int LONGEST_LOGIN = 64;
    private static final int LONGEST_PASSWORD = 1000;
    private static final String NOBODY = "nobody";

    private final People people;
    private final SignInThrottle throttle;
    private final IdentityService identities;
    private final EngineAccess access;

    SignIn(People people, SignInThrottle throttle, @Lazy IdentityService identities, EngineAccess access) {
        this.people = people;
        this.throttle = throttle;
        this.identities = identities;
        this.access = access;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String name = asked.getName().strip().toLowerCase(Locale.ROOT);
        String login = Beginning.of(name, LONGEST_LOGIN);
        String password = String.valueOf(asked.getCredentials());
        String address = asked.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        Optional<Duration> wait = throttle.attempt(login, address);
        if (wait.isPresent()) {
            LOG.warn("Too many attempts to sign in from {}", address);
            throw new SignInThrottled(wait.get());
        }
        boolean right = false;
        String id;
        try {
            Optional<Person> person = people.findByLogin(name).filter(found -> found.state() == Person.State.ACTIVE);
            id = person.map(Person::id).orElse(NOBODY);
            right = isRight(id, password, throttle.known(login, address)) && person.isPresent();
        } finally {
            if (right) {
                throttle.succeeded(login, address);
            } else {
                throttle.failed(login, address);
            }
        }
        if (!right) {
            LOG.info("Signing in was refused to {} from {}", id, address);
            throw new BadCredentialsException("Login name or password is wrong.");
        }
        LOG.debug("{} signed in from {}", id, address);
        UsernamePasswordAuthenticationToken signedIn =
                UsernamePasswordAuthenticationToken.authenticated(new SignedIn(id), null, List.of());
        signedIn.setDetails(asked.getDetails());
        return signedIn;
    }

    /** Takes as long for nobody as for somebody. */
    private boolean isRight(String id, String password, boolean known) {
        return password.length() <= LONGEST_PASSWORD
                && access.asSystem(() -> {
                    if (known) {
                        identities.unlockUser(id);
                    }
                    return identities.checkPassword(id, password);
                });
    }
}
