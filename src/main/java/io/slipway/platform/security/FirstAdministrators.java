package io.slipway.platform.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Opens accounts for the administrators that the environment names ({@code SLIPWAY_ADMIN_1_LOGIN}, {@code _NAME}, {@code _MAIL},
 * {@code _PASSWORD}, then {@code SLIPWAY_ADMIN_2_…} and so on), when they are missing. Without them nobody could ever sign in,
 * because outside the demonstration no account comes with the program.
 */
@Component
class FirstAdministrators {

    private static final int MOST = 9;
    private static final String REMEDY =
            "Set SLIPWAY_ADMIN_1_LOGIN, SLIPWAY_ADMIN_1_NAME, SLIPWAY_ADMIN_1_MAIL and SLIPWAY_ADMIN_1_PASSWORD, and the same for"
                    + " SLIPWAY_ADMIN_2, or start the profile 'demo' to look around.";

    private final Environment environment;
    private final People people;
    private final RoleGroups groups;

    FirstAdministrators(Environment environment, People people, RoleGroups groups) {
        this.environment = environment;
        this.people = people;
        this.groups = groups;
    }

    /**
     * Opens the missing accounts.
     *
     * @throws StartRefused when nobody could sign in, when the second administrator is not named, or when a password is weak
     */
    void open() {
        List<NewPerson> missing = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (int number = 1; number <= MOST; number++) {
            Optional<NewPerson> administrator = named(number);
            administrator.ifPresent(account -> {
                named.add(People.normal(account.login()));
                if (people.findByLogin(account.login()).isEmpty()) {
                    missing.add(account);
                }
            });
        }
        if (people.none() && !environment.acceptsProfiles(Profiles.of("demo"))) {
            if (named.isEmpty()) {
                throw new StartRefused(
                        "Nobody could sign in: there is no account yet, and no administrator is named.", REMEDY);
            }
            if (named.size() < RoleGroups.FEWEST_ADMINISTRATORS) {
                throw new StartRefused(
                        "A second administrator must be named, because accounts are looked after by two together.",
                        REMEDY);
            }
        }
        for (NewPerson account : missing) {
            try {
                people.register(account);
            } catch (AccountRefused refused) {
                // Another node that starts at the same time may have been faster.
                if (people.findByLogin(account.login()).isEmpty()) {
                    throw new StartRefused(
                            "An administrator named in the environment cannot be registered: " + refused.getMessage(),
                            REMEDY);
                }
            }
        }
    }

    private Optional<NewPerson> named(int number) {
        String login = value(number, "login");
        if (login.isBlank()) {
            return Optional.empty();
        }
        String name = value(number, "name");
        return Optional.of(new NewPerson(
                login,
                name.isBlank() ? login : name,
                value(number, "mail"),
                value(number, "password"),
                Set.copyOf(groups.administrators())));
    }

    private String value(int number, String part) {
        return environment.getProperty("slipway.admin." + number + "." + part, "");
    }
}
