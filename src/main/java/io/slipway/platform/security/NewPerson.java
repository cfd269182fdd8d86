package io.slipway.platform.security;

import java.util.Set;

/**
 * An account to be opened.
 *
 * @param login name for signing in: 2 to 64 letters, digits, dots, hyphens, underscores or at signs, without regard to case
 * @param name what people read, such as {@code Ada Lovelace}
 * @param mail where mails go
 * @param password must meet the password policy
 * @param groups ids of the groups of the roles, such as {@code qa} or {@code developer@storefront}
 */
public record NewPerson(String login, String name, String mail, String password, Set<String> groups) {

    /** Copies the groups. */
    public NewPerson {
        groups = Set.copyOf(groups);
    }

    /** Without the password and without what identifies the person: texts like this end in logs. */
    @Override
    public String toString() {
        return "NewPerson" + groups;
    }
}
