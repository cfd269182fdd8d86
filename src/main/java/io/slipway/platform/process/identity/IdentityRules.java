package io.slipway.platform.process.identity;

import org.jspecify.annotations.Nullable;

/**
 * Asked before the engine changes a user or a membership, whether the change comes from the Admin web application, engine-rest or
 * Java. The engine has checked by then that the acting person has the right to make such changes at all.
 *
 * <p>Every method lets the change pass or throws {@link org.camunda.bpm.engine.BadUserRequestException} with one sentence.
 */
public interface IdentityRules {

    /**
     * A person opens an account for somebody.
     *
     * @param actor the person who does it
     * @param login what was given as the user's id
     * @param mail the mail address given, if any
     * @return the opaque id under which the engine shall keep the user
     */
    String open(String actor, String login, @Nullable String mail);

    /**
     * A person changes an account, perhaps the own one.
     *
     * @param renamed whether the displayed name changes
     * @param newPassword whether a new password is set
     * @param mail the mail address given, if any
     */
    void change(String actor, String person, boolean renamed, boolean newPassword, @Nullable String mail);

    /** A person deletes an account. */
    void delete(String actor, String person);

    /**
     * Somebody becomes a member of a group.
     *
     * @param actor the person who does it; null when the program does
     */
    void join(@Nullable String actor, String person, String group);

    /** A person ends a membership. */
    void leave(String actor, String person, String group);

    /**
     * A membership was created or deleted.
     *
     * @param actor the person who did it; null when the program did
     * @param joined whether the person is a member now
     */
    default void changed(@Nullable String actor, String person, String group, boolean joined) {}
}
