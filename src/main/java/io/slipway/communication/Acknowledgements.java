package io.slipway.communication;

import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes receipts by signed link. A link is good for one message, one person and some days, and for nothing else; opening it changes
 * nothing. A receipt is for the content that was sent: who is told something new is asked again.
 */
@Service
public class Acknowledgements {

    private final JdbcClient jdbc;
    private final AcknowledgementKey key;
    private final CommunicationSettings settings;
    private final AuditTrail audit;
    private final Clock clock;

    Acknowledgements(
            JdbcClient jdbc, AcknowledgementKey key, CommunicationSettings settings, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.key = key;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A message that a link leads to.
     *
     * @param acknowledgedAt empty while nobody confirmed it
     */
    public record Asked(
            long id,
            Optional<ReleaseId> release,
            String person,
            String subject,
            String digest,
            Instant sentAt,
            Optional<Instant> acknowledgedAt) {}

    /** The link in a message, from the root of the application. */
    String path(long message, String person) {
        long until = clock.instant().plus(settings.acknowledgement().validity()).getEpochSecond();
        return "/acknowledge/" + message + "?until=" + until + "&mark=" + mark(message, person, until);
    }

    /**
     * What a link asks to be confirmed.
     *
     * @throws NotFound when the link is not for this person, or was not made here
     * @throws Refused when it is too old
     */
    @Transactional(readOnly = true)
    public Asked asked(long message, String person, long until, String mark) {
        byte[] own = mark(message, person, until).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(own, mark.getBytes(StandardCharsets.UTF_8))) {
            throw new NotFound("message to confirm", String.valueOf(message));
        }
        if (clock.instant().getEpochSecond() > until) {
            throw new Refused("This link is too old; the next mail about the release brings a new one.");
        }
        return jdbc.sql(
                        "select m.id, m.release_id, m.person_id, m.subject, m.content_digest, m.created_at, a.acknowledged_at"
                                + " from mail_message m left join mail_acknowledgement a on a.mail_id = m.id"
                                + " where m.id = ? and m.person_id = ? and m.acknowledgeable = true")
                .params(message, person)
                .query((row, index) -> asked(row))
                .optional()
                .orElseThrow(() -> new NotFound("message to confirm", String.valueOf(message)));
    }

    /**
     * Takes a receipt; a second one changes nothing.
     *
     * @throws NotFound when the link is not for this person, or was not made here
     * @throws Refused when it is too old
     */
    @Transactional
    public void acknowledge(long message, String person, long until, String mark) {
        Asked asked = asked(message, person, until, mark);
        if (asked.acknowledgedAt().isPresent()) {
            return;
        }
        try {
            jdbc.sql(
                            "insert into mail_acknowledgement (mail_id, release_id, person_id, content_digest, acknowledged_at)"
                                    + " values (?, ?, ?, ?, ?)")
                    .params(
                            message,
                            asked.release().map(StoredIds::bytes).orElse(null),
                            person,
                            asked.digest(),
                            Columns.at(clock.instant()))
                    .update();
        } catch (DuplicateKeyException sameMoment) {
            return;
        }
        audit.record(new AuditTrail.Entry(
                asked.release(),
                "communication.acknowledge",
                "message " + message,
                Map.of(),
                Map.of("person", person, "content", asked.digest())));
    }

    /** Whether one of these people confirmed the newest content that was sent to that person about the release. */
    @Transactional(readOnly = true)
    public boolean isAcknowledged(Release release, Set<String> people) {
        return people.stream().anyMatch(person -> isAcknowledged(release, person));
    }

    private boolean isAcknowledged(Release release, String person) {
        Optional<String> newest = jdbc
                .sql(
                        "select content_digest from mail_message where release_id = ? and person_id = ? and acknowledgeable = true"
                                + " order by id desc limit 1")
                .params(StoredIds.bytes(release), person)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
        return newest.isPresent()
                && jdbc.sql(
                                        "select count(*) from mail_acknowledgement where release_id = ? and person_id = ? and content_digest = ?")
                                .params(StoredIds.bytes(release), person, newest.get())
                                .query(Long.class)
                                .single()
                        > 0;
    }

    private String mark(long message, String person, long until) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal(("acknowledge\n" + message + "\n" + person + "\n" + until)
                            .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                row.getLong("id"),
                StoredIds.releaseIdIf(row.getBytes("release_id")),
                row.getString("person_id"),
                row.getString("subject"),
                row.getString("content_digest"),
                Columns.requireMoment(row, "created_at"),
                Columns.moment(row, "acknowledged_at"));
    }
}
