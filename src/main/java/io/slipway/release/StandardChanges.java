package io.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is done often and always alike, and approved once for all; the scope phase keeps the templates. */
public interface StandardChanges {

    /** The template that a release with a frozen scope keeps to in every limit; empty when there is none. */
    Optional<Covering> covering(Release release);

    /** The template that a release is made from, and how it stands now; empty when it is made from none. */
    default Optional<Claim> claim(Release release) {
        return Optional.empty();
    }

    /**
     * A template that covers a release.
     *
     * @param template its key
     * @param sentence what it says, and which limits were kept
     */
    record Covering(String template, String sentence) {}

    /**
     * A release that is made from a template.
     *
     * @param template its key
     * @param version version of the template that was chosen
     * @param approvedBy opaque ids of those who approved the template once for all
     * @param until when the template ends
     * @param failures why it does not authorise the release now, one sentence each; empty when it does
     */
    record Claim(String template, int version, List<String> approvedBy, Instant until, List<String> failures) {

        /** Copies the lists. */
        public Claim {
            approvedBy = List.copyOf(approvedBy);
            failures = List.copyOf(failures);
        }

        /** Whether every condition holds. */
        public boolean holds() {
            return failures.isEmpty();
        }
    }
}
