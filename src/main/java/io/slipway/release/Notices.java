package io.slipway.release;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where every part says what people must be told; communication delivers it. A notice is kept in the transaction of what it tells of,
 * and sent after that; the same key tells once, however often the step runs.
 */
public interface Notices {

    /** Hands a notice over for delivery; nothing happens when one with the same key was handed over before. */
    void tell(Notice notice);

    /**
     * What people are told.
     *
     * @param key what makes it one notice, such as {@code storefront-2.4.0/approved/1}; at most 200 characters
     * @param release the release that it is about; empty when it is about none
     * @param kind what happened, {@code module.pastParticiple}, such as {@code schedule.windowChanged}; templates are chosen by it
     * @param audience who is told
     * @param subject one line
     * @param paragraphs the text, sentence by sentence as people read it; plain text, never a template
     * @param facts label and value, in order
     * @param path where the reader is led, from the root of the application, such as {@code /releases/storefront-2.4.0}
     */
    record Notice(
            String key,
            Optional<ReleaseId> release,
            String kind,
            Audience audience,
            String subject,
            List<String> paragraphs,
            List<Fact> facts,
            String path) {

        /** Copies the lists. */
        public Notice {
            paragraphs = List.copyOf(paragraphs);
            facts = List.copyOf(facts);
        }

        /** A notice about a release that leads to its page; roles held for single systems are those of its system. */
        public static Notice of(
                Release release, String moment, String kind, Set<Role> roles, String subject, List<String> paragraphs) {
            return new Notice(
                    release.key() + "/" + moment,
                    Optional.of(release.id()),
                    kind,
                    Audience.roles(release, roles),
                    subject,
                    paragraphs,
                    List.of(),
                    "/releases/" + release.key());
        }
    }

    /** A line of a notice's table. */
    record Fact(String label, String value) {}

    /**
     * Who is told: members of groups, and people by name; nobody twice.
     *
     * @param groups ids of groups, such as {@code release-manager} or {@code developer@storefront}
     * @param people opaque ids
     */
    record Audience(Set<String> groups, Set<String> people) {

        /** Copies the sets. */
        public Audience {
            groups = Set.copyOf(groups);
            people = Set.copyOf(people);
        }

        /** The members of these roles for the system of a release. */
        public static Audience roles(Release release, Set<Role> roles) {
            return new Audience(
                    roles.stream()
                            .map(role -> role.groupFor(release.system()))
                            .collect(java.util.stream.Collectors.toUnmodifiableSet()),
                    Set.of());
        }

        /** One person. */
        public static Audience person(String person) {
            return new Audience(Set.of(), Set.of(person));
        }
    }
}
