package io.slipway.communication;

import io.slipway.integration.channels.OutboxPage;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.time.Moments;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was sent to whom, how it went and who confirmed it. Everybody reads their own; auditors and release managers read all. */
@Service
public class Archive {

    private static final String ROWS = "select m.*, a.acknowledged_at, r.release_key from mail_message m"
            + " left join mail_acknowledgement a on a.mail_id = m.id left join slipway_release r on r.id = m.release_id";
    private static final int MOST_EXPORTED = 100_000;

    private final JdbcClient jdbc;
    private final Deliveries deliveries;
    private final Recipients recipients;
    private final OutboxPage outbox;
    private final Pattern ownLink;

    Archive(
            JdbcClient jdbc,
            Deliveries deliveries,
            Recipients recipients,
            OutboxPage outbox,
            @Value("${slipway.base-url}") String baseUrl) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.recipients = recipients;
        this.outbox = outbox;
        // Two strokes would lead to another host.
        this.ownLink = Pattern.compile(Pattern.quote(baseUrl) + "(/(?![/\\\\])[^\\s<>\"]*)");
    }

    /**
     * A message as it stands.
     *
     * @param release key of the release; null for what is about none
     * @param person opaque id of the recipient
     * @param address where it went; null where none was known, or the person's data were erased
     * @param digest SHA-256 of the content
     * @param channel the way it took; null before the first attempt
     */
    public record Sent(
            long id,
            @Nullable String release,
            String kind,
            String audience,
            String person,
            @Nullable String address,
            String subject,
            String digest,
            String messageId,
            @Nullable String channel,
            MailState state,
            int attempts,
            @Nullable String failure,
            Instant createdAt,
            @Nullable Instant sentAt,
            boolean acknowledgeable,
            @Nullable Instant acknowledgedAt) {}

    /** Whether a person reads what was sent to others. */
    public static boolean readsAll(Reader reader) {
        return reader.has(Role.AUDITOR, Role.RELEASE_MANAGER);
    }

    /** What was sent, the newest first; restricted to the reader's own unless the reader reads all. */
    @Transactional(readOnly = true)
    public Page<Sent> list(Reader reader, boolean own, Optional<Release> release, Pageable page) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder(" where 1 = 1");
        if (own || !readsAll(reader)) {
            where.append(" and m.person_id = ?");
            values.add(reader.person());
        }
        release.ifPresent(about -> {
            where.append(" and m.release_id = ?");
            values.add(StoredIds.bytes(about.id()));
        });
        long total = jdbc.sql(ListTotal.sql("from mail_message m" + where, page))
                .params(values)
                .query(Long.class)
                .single();
        List<Sent> rows = jdbc.sql(ROWS + where + " order by m.id desc limit " + page.getPageSize() + " offset "
                        + page.getOffset())
                .params(values)
                .query((row, index) -> sent(row))
                .list();
        return new PageImpl<>(rows, page, total);
    }

    /** All that was sent, the oldest first, for an export; at most 100,000. */
    @Transactional(readOnly = true)
    public List<Sent> export(Optional<Release> release) {
        List<Object> values = new ArrayList<>();
        String where = "";
        if (release.isPresent()) {
            where = " where m.release_id = ?";
            values.add(StoredIds.bytes(release.get().id()));
        }
        return jdbc.sql(ROWS + where + " order by m.id limit " + MOST_EXPORTED)
                .params(values)
                .query((row, index) -> sent(row))
                .list();
    }

    /** One message, if the reader may see it. */
    @Transactional(readOnly = true)
    public Optional<Sent> find(long id, Reader reader) {
        return jdbc.sql(ROWS + " where m.id = ?")
                .param(id)
                .query((row, index) -> sent(row))
                .optional()
                .filter(sent -> readsAll(reader) || sent.person().equals(reader.person()));
    }

    /** What a message says. */
    @Transactional(readOnly = true)
    Letter letter(long id) {
        return deliveries.letter(jdbc.sql("select content from mail_message where id = ?")
                .param(id)
                .query(String.class)
                .single());
    }

    /**
     * The mail itself, where no server took it: for its addressee and for nobody else, since its links are for one person only.
     */
    @Transactional(readOnly = true)
    public Optional<Kept> kept(Sent sent, Reader reader) {
        return sent.person().equals(reader.person())
                ? outbox.read(sent.messageId()).map(mail -> new Kept(pieces(mail.text()), mail.html()))
                : Optional.empty();
    }

    /** The text, with links of this application apart; any other address stays text. */
    private List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher link = ownLink.matcher(text);
        int from = 0;
        while (link.find()) {
            pieces.add(new Piece(text.substring(from, link.start()), null));
            pieces.add(new Piece(link.group(), link.group(1)));
            from = link.end();
        }
        pieces.add(new Piece(text.substring(from), null));
        return pieces;
    }

    /**
     * A mail as it was handed over.
     *
     * @param text its plain part
     * @param html its other part, a whole document
     */
    public record Kept(List<Piece> text, String html) {}

    /**
     * A part of a text.
     *
     * @param path where it leads; null where it leads nowhere
     */
    public record Piece(String text, @Nullable String path) {}

    /** What a message says, as the page shows it, with its moments in this zone. */
    @Transactional(readOnly = true)
    public Content content(long id, ZoneId zone) {
        Letter letter = letter(id);
        ZoneId site = recipients.siteOf(jdbc
                .sql("select release_id from mail_message where id = ? and release_id is not null")
                .param(id)
                .query((row, index) -> StoredIds.releaseId(row.getBytes(1)))
                .list()
                .stream()
                .findFirst());
        return new Content(
                letter.paragraphs().stream()
                        .map(paragraph -> Moments.told(paragraph, zone, site))
                        .toList(),
                rows(letter.facts(), zone, site),
                letter.sections().stream()
                        .map(section -> new Part(section.title(), rows(section.lines(), zone, site)))
                        .toList(),
                letter.links().stream()
                        .map(link -> new Row(link.label(), link.path()))
                        .toList());
    }

    private static List<Row> rows(List<Letter.Line> lines, ZoneId zone, ZoneId site) {
        return lines.stream()
                .map(line -> new Row(line.label(), Moments.told(line.value(), zone, site)))
                .toList();
    }

    /** The text of a message. */
    public record Content(List<String> paragraphs, List<Row> facts, List<Part> parts, List<Row> links) {}

    /** A label and its value. */
    public record Row(String label, String value) {}

    /** A table with a title. */
    public record Part(String title, List<Row> rows) {}

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                row.getLong("id"),
                row.getString("release_key"),
                row.getString("kind"),
                row.getString("audience"),
                row.getString("person_id"),
                row.getString("address"),
                row.getString("subject"),
                row.getString("content_digest"),
                row.getString("message_id"),
                row.getString("channel"),
                MailState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("failure"),
                Columns.requireMoment(row, "created_at"),
                Columns.moment(row, "sent_at").orElse(null),
                row.getBoolean("acknowledgeable"),
                Columns.moment(row, "acknowledged_at").orElse(null));
    }
}
