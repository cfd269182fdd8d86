package io.slipway.release;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a disagreement or a silence goes that those concerned do not end themselves. Communication keeps the ladder of who is asked
 * next, prepares the brief and carries the decision back.
 */
public interface Escalations {

    /**
     * Takes a question one rung up the ladder, each time it is called with the same key.
     *
     * @param release the release that waits
     * @param key what makes it one question, such as {@code trade-off/1}
     * @param question what has to be decided, in one sentence
     * @param brief what is known, sentence by sentence
     */
    void raise(Release release, String key, String question, java.util.List<String> brief);

    /**
     * Takes a question back that needs no answer any more; nothing happens when there is none of this key, or it was decided.
     *
     * @param key as it was raised
     * @param because why, in one sentence
     */
    void withdraw(Release release, String key, String because);

    /**
     * What was decided on a question that was raised with this key; empty while nobody decided it, or it was never raised.
     *
     * @param key as it was raised
     */
    default Optional<Decision> decided(Release release, String key) {
        return Optional.empty();
    }

    /**
     * What a forum decided.
     *
     * @param person opaque id of the person who decided for the forum
     */
    record Decision(String decision, String reason, String person, Instant decidedAt) {}
}
