package io.slipway.release;

import java.time.Instant;
import java.util.Map;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** What the audit trail tells of a release, for parts that look back at it; governance keeps the trail and answers. */
public interface AuditedHistory {

    /** The changes of a release in the order in which they happened, page by page. */
    Page<Change> of(ReleaseId release, Pageable page);

    /**
     * One change.
     *
     * @param actor opaque id of the person, or {@code system}
     * @param action what happened, such as {@code scope.freeze}
     * @param subject what it happened to
     * @param after plain facts after it, as texts
     */
    record Change(Instant at, String actor, String action, String subject, Map<String, String> after) {

        /** Copies the facts. */
        public Change {
            after = Map.copyOf(after);
        }
    }
}
