package io.slipway.release;

import io.slipway.platform.data.ListTotal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people remark on a release, in plain text; a remark is added and never changed or taken back. */
@Service
public class ReleaseComments {

    /** Most characters of one comment. */
    public static final int LONGEST = 4_000;

    /** Whoever only reads leaves no remarks. */
    private static final Set<Role> SILENT = EnumSet.of(Role.AUDITOR, Role.EXECUTIVE, Role.ADMIN);

    private static final Role[] WRITERS =
            EnumSet.complementOf(EnumSet.copyOf(SILENT)).toArray(Role[]::new);

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    ReleaseComments(JdbcClient jdbc, Permissions permissions, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A remark.
     *
     * @param author opaque id
     * @param text plain text with line breaks
     */
    public record Comment(long id, String author, Instant writtenAt, String text) {}

    /** Whether a reader may add remarks to a release. */
    public boolean mayAdd(Release release, Reader reader) {
        return reader.has(release.system(), WRITERS);
    }

    /**
     * Adds a remark.
     *
     * @throws NotFound when the person may not know of the release
     * @throws NotPermitted when the person only reads
     * @throws Refused when it is empty, too long or holds control characters
     */
    @Transactional
    public void add(Release release, String person, String text) {
        permissions.requireRead(release, person);
        permissions.require(release, person, WRITERS);
        String kept = accepted(text);
        jdbc.sql("insert into release_comment (release_id, author, written_at, content) values (?, ?, ?, ?)")
                .params(StoredIds.bytes(release), person, Timestamp.from(clock.instant()), kept)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(), "release.comment", release.key(), Map.of(), Map.of("characters", kept.length())));
    }

    private static String accepted(String text) {
        String kept = text.replace("\r\n", "\n").strip();
        if (kept.isEmpty() || kept.length() > LONGEST) {
            throw new Refused("comment", "Please write a comment of 1 to " + LONGEST + " characters.");
        }
        if (kept.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new Refused("comment", "The comment holds characters that cannot be shown; please write plain text.");
        }
        return kept;
    }

    /** A page of the remarks, the newest first. */
    @Transactional(readOnly = true)
    public Page<Comment> of(Release release, Pageable page) {
        long total = jdbc.sql(ListTotal.sql("from release_comment where release_id = ?", page))
                .param(StoredIds.bytes(release))
                .query(Long.class)
                .single();
        List<Comment> found = jdbc.sql(
                        "select id, author, written_at, content from release_comment where release_id = ?"
                                + " order by id desc limit ? offset ?")
                .params(StoredIds.bytes(release), page.getPageSize(), page.getOffset())
                .query((row, number) -> new Comment(
                        row.getLong(1), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)))
                .list();
        return new PageImpl<>(found, page, total);
    }
}
