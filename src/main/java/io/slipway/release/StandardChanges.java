package io.slipway.release;

import java.util.Optional;

/** What is done often and always alike, and approved once for all; the scope phase keeps the templates. */
public interface StandardChanges {

    /** The template that a release with a frozen scope keeps to in every limit; empty when there is none. */
    Optional<Covering> covering(Release release);

    /**
     * A template that covers a release.
     *
     * @param template its key
     * @param sentence what it says, and which limits were kept
     */
    record Covering(String template, String sentence) {}
}
