package io.slipway.release;

/**
 * What a phase knows of how a release changes its system, for rules of other phases. A fact that nobody contributes is not asked for;
 * one whose contributor cannot tell counts as so.
 */
public interface ChangeFact {

    /** Stable name, such as {@code configurationChanged}, {@code dependencyChanged} or {@code componentAdded}. */
    String name();

    /**
     * Whether it is so.
     *
     * @return what was found
     */
    Told of(Release release);

    /**
     * What was found.
     *
     * @param holds whether it is so, or cannot be told
     * @param evidence what was looked at, in one sentence
     */
    record Told(boolean holds, String evidence) {}
}
