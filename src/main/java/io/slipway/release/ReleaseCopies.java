package io.slipway.release;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Begins a release as a copy of another one: the same system under a new version. Title and urgency are taken over unless others are
 * given; whether the items are taken over too is kept here and asked by the phase that keeps items. Nothing that was decided or
 * approved is copied.
 */
@Service
public class ReleaseCopies {

    private final JdbcClient jdbc;
    private final ReleaseDesk desk;
    private final ReleaseComments comments;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    ReleaseCopies(
            JdbcClient jdbc,
            ReleaseDesk desk,
            ReleaseComments comments,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.desk = desk;
        this.comments = comments;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the copy is to be.
     *
     * @param version the version that it delivers
     * @param title empty for the title of the source
     * @param urgency empty for the urgency of the source
     * @param withItems whether it begins with the items of the source, undecided
     * @param note first comment on the copy; may be empty
     */
    public record Copy(
            String version, Optional<String> title, Optional<Urgency> urgency, boolean withItems, String note) {}

    /**
     * Requests a release as a copy.
     *
     * @throws NotFound when the person may not know of the source
     * @throws NotPermitted when the person is no release manager
     * @throws Refused when an input is not acceptable
     */
    @Transactional
    public Release copy(String sourceKey, Copy wish, String person) {
        Release source = desk.get(sourceKey, permissions.reader(person));
        permissions.require(source, person, Role.RELEASE_MANAGER);
        Release copy = desk.request(
                new NewRelease(
                        source.system(),
                        wish.version(),
                        wish.title().orElse(source.title()),
                        wish.urgency().orElse(source.urgency())),
                person);
        jdbc.sql(
                        "insert into release_copy (release_id, source_id, with_items, copied_by, copied_at) values (?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(copy.id()),
                        StoredIds.bytes(source.id()),
                        wish.withItems(),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                copy.id(),
                "release.copy",
                copy.key(),
                Map.of("source", source.key()),
                Map.of("release", copy.key(), "withItems", wish.withItems())));
        if (!wish.note().isBlank()) {
            comments.add(copy, person, wish.note());
        }
        return copy;
    }

    /** Key of the release that a release was copied from. */
    @Transactional(readOnly = true)
    public Optional<String> sourceOf(Release copy) {
        return jdbc.sql("select r.release_key from release_copy c join slipway_release r on r.id = c.source_id"
                        + " where c.release_id = ?")
                .param(StoredIds.bytes(copy.id()))
                .query(String.class)
                .optional();
    }

    /** The release whose items a release begins with; empty for one that begins with none. */
    @Transactional(readOnly = true)
    public Optional<ReleaseId> itemsOf(Release copy) {
        return jdbc.sql("select source_id from release_copy where release_id = ? and with_items = true")
                .param(StoredIds.bytes(copy.id()))
                .query(byte[].class)
                .optional()
                .map(StoredIds::releaseId);
    }
}
