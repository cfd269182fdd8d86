package io.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody still owes: a condition of an approval, the compensation of a waiver, a check after an emergency, an action of a
 * review. Governance keeps them, reminds of them and lets the closing ask for those that block it.
 */
public interface Obligations {

    /** Opens an obligation; nothing happens when one with the same key was opened before. */
    void open(NewObligation obligation);

    /**
     * Opens an obligation that compensates for something that somebody was granted; that person does not fulfil it.
     *
     * @param beneficiary opaque id of the person who asked for what was granted
     */
    void openFor(NewObligation obligation, String beneficiary);

    /**
     * Records that an obligation is fulfilled.
     *
     * @param evidence what shows it, in one sentence or a link
     * @throws NotFound when there is none with this key
     * @throws Refused when the evidence is missing
     */
    void fulfil(String key, String person, String evidence);

    /** Obligations of a release, open ones first and by due date; at most two hundred. */
    List<Obligation> of(Release release);

    /**
     * Obligations of a system that are open after their due date.
     *
     * @param kind restricts them to one kind; empty for all
     */
    List<Obligation> overdue(String system, Optional<Kind> kind);

    /** Where an obligation comes from. */
    enum Kind {
        WAIVER("Waiver"),
        EXEMPTION("Exemption"),
        CONDITION("Condition of an approval"),
        OMITTED_TESTS("Omitted tests"),
        REVIEW_ACTION("Action of a review"),
        FINDING("Finding of an adherence review"),
        METRIC("Success metric"),
        MATERIAL("Material for users");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * What is owed.
     *
     * @param key what makes it one obligation, such as {@code storefront-2.4.0/waiver/staging/1}; at most 200 characters
     * @param release the release it comes from; empty for what comes from none
     * @param system the system it is about; empty for what is about none
     * @param statement what has to be done, in one sentence
     * @param owner whose role has to do it
     * @param person who has to do it by name; empty for anybody of the role
     * @param due until when
     * @param blocksClosure whether the release cannot be closed while it is open
     */
    record NewObligation(
            String key,
            Optional<ReleaseId> release,
            Optional<String> system,
            Kind kind,
            String statement,
            Role owner,
            Optional<String> person,
            Instant due,
            boolean blocksClosure) {

        /** An obligation of a release. */
        public static NewObligation of(
                Release release,
                String suffix,
                Kind kind,
                String statement,
                Role owner,
                Instant due,
                boolean blocksClosure) {
            return new NewObligation(
                    release.key() + "/" + suffix,
                    Optional.of(release.id()),
                    Optional.of(release.system()),
                    kind,
                    statement,
                    owner,
                    Optional.empty(),
                    due,
                    blocksClosure);
        }
    }

    /**
     * An obligation as it stands.
     *
     * @param fulfilledAt empty while it is open
     * @param evidence what showed that it is fulfilled
     */
    record Obligation(NewObligation owed, Optional<Instant> fulfilledAt, Optional<String> evidence) {

        /** Whether it is open. */
        public boolean open() {
            return fulfilledAt.isEmpty();
        }
    }
}
