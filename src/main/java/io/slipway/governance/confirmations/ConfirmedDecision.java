package io.slipway.governance.confirmations;

import io.slipway.platform.process.Submission;
import io.slipway.release.Release;
import java.util.List;

/**
 * A user task whose decision must be confirmed with the password first. Its handler implements this; the engine then refuses every
 * completion without a confirmation of the same person, task, decision and content.
 */
public interface ConfirmedDecision {

    /** The decisions that can be confirmed, in the order in which they are offered. */
    List<Choice> choices();

    /**
     * The decision that a person hands in with the task.
     *
     * @return one of the values of {@link #choices}
     * @throws io.slipway.platform.process.TaskRefused when there is none
     */
    String decisionOf(Submission submission);

    /**
     * What the decision is about, now.
     *
     * @throws io.slipway.platform.process.TaskRefused when it cannot be told, so that nothing can be confirmed
     */
    Content content(Release release);

    /**
     * A decision.
     *
     * @param value as the form sends it
     * @param label the words that people read
     */
    record Choice(String value, String label) {}

    /**
     * What is confirmed.
     *
     * @param digest stands for all of it; another digest needs another confirmation
     * @param parts what it consists of, as the person sees it
     */
    record Content(String digest, List<Shown> parts) {

        /** Keeps its own copy of the list. */
        public Content {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One part as the person sees it.
     *
     * @param name what it is
     * @param summary one line on it
     * @param detail its digest or its evidence
     */
    record Shown(String name, String summary, String detail) {}
}
