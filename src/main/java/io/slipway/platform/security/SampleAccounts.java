package io.slipway.platform.security;

import java.util.List;

/** Accounts with known passwords that the sign-in page shows; only a demonstration has this bean. */
public interface SampleAccounts {

    /** The accounts in the order in which they are shown. */
    List<SampleAccount> accounts();

    /**
     * An account that everybody may use.
     *
     * @param role what it is for
     * @param login name for signing in
     * @param password its password
     */
    record SampleAccount(String role, String login, String password) {}
}
