package io.slipway.release;

import java.util.Map;
import java.util.Optional;

/**
 * Where every part says what it changed; governance keeps it. The entry is written in the transaction of the change and adds who,
 * when and under which change ticket.
 */
public interface AuditTrail {

    /** Records a change of a release. */
    void record(Entry entry);

    /**
     * One change.
     *
     * @param release the release; empty for what concerns none
     * @param action what happened, {@code module.verbObject}, such as {@code scope.freeze}
     * @param subject what it happened to, such as an environment or an item
     * @param before facts before it; empty when there was nothing
     * @param after facts after it; empty when nothing is left. No secret and no personal data: people by their opaque id
     */
    record Entry(
            Optional<ReleaseId> release, String action, String subject, Map<String, ?> before, Map<String, ?> after) {

        /** An entry about a release. */
        public static Entry of(
                ReleaseId release, String action, String subject, Map<String, ?> before, Map<String, ?> after) {
            return new Entry(Optional.of(release), action, subject, before, after);
        }
    }
}
