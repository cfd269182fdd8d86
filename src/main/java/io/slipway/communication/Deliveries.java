package io.slipway.communication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.integration.channels.Mail;
import io.slipway.integration.channels.MailChannel;
import io.slipway.integration.channels.MailRefused;
import io.slipway.integration.channels.MailUnavailable;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.security.Person;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what was told: a notice becomes one message for each person who is a recipient now, and each message is handed over until it
 * is taken. Every message is claimed by its row before it is handed over, so that of two nodes one sends it; a node that dies after
 * that leaves a claim that runs out, and the message goes out again under the same id.
 */
@Service
class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int AT_ONCE = 200;

    /** Most batches of one round, so that reminders are looked for between two of them however much there is to send. */
    private static final int BATCHES = 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final Recipients recipients;
    private final ReleaseLetters releaseLetters;
    private final MailTemplates templates;
    private final Acknowledgements acknowledgements;
    private final MailChannel channel;
    private final CommunicationSettings settings;
    private final String host;
    private final Clock clock;

    Deliveries(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectMapper json,
            Recipients recipients,
            ReleaseLetters releaseLetters,
            MailTemplates templates,
            Acknowledgements acknowledgements,
            MailChannel channel,
            CommunicationSettings settings,
            @Value("${slipway.base-url}") String baseUrl,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.recipients = recipients;
        this.releaseLetters = releaseLetters;
        this.templates = templates;
        this.acknowledgements = acknowledgements;
        this.channel = channel;
        this.settings = settings;
        this.host = Optional.ofNullable(URI.create(baseUrl).getHost()).orElse("localhost");
        this.clock = clock;
    }

    /** A notice that nobody was told of yet. */
    private record Waiting(
            long id,
            String key,
            Optional<ReleaseId> release,
            String kind,
            List<String> groups,
            List<String> people,
            Letter letter) {}

    /** A message that has to go out. */
    private record Message(
            long id,
            String person,
            @Nullable String address,
            String kind,
            Letter letter,
            String messageId,
            Optional<ReleaseId> release,
            int attempts,
            boolean acknowledgeable) {}

    /** Addresses what is new and sends what is due. */
    void sweep() {
        for (int batch = 0; batch < BATCHES && address() == AT_ONCE; batch++) {
            // There is more.
        }
        for (int batch = 0; batch < BATCHES && send() == AT_ONCE; batch++) {
            // There is more.
        }
        forget();
    }

    private int address() {
        List<Waiting> waiting = unaddressed();
        for (Waiting notice : waiting) {
            try {
                Map<Person, Set<String>> people = recipients.of(notice.groups(), notice.people());
                ReleaseLetters.Draft draft = releaseLetters.draft(notice.kind(), notice.release(), notice.letter());
                transaction.executeWithoutResult(status -> address(notice, people, draft));
            } catch (RuntimeException e) {
                // One notice that cannot be written keeps nobody else from hearing; it is tried again in the next
                // round.
                LOG.error("The notice {} cannot be addressed", notice.key(), e);
            }
        }
        return waiting.size();
    }

    private void address(Waiting notice, Map<Person, Set<String>> people, ReleaseLetters.Draft draft) {
        int claimed = jdbc.sql("update notice set addressed_at = ? where id = ? and addressed_at is null")
                .params(Columns.at(clock.instant()), notice.id())
                .update();
        if (claimed == 0) {
            return;
        }
        people.forEach((person, groups) ->
                insert(notice, person, draft.letterFor(person.id(), groups), draft.acknowledgeable()));
        draft.sent();
    }

    private void insert(Waiting notice, Person person, Letter letter, boolean acknowledgeable) {
        Instant now = clock.instant();
        jdbc.sql(
                        "insert into mail_message (notice_id, person_id, release_id, kind, audience, subject, content, content_digest,"
                                + " message_id, address, state, attempts, next_attempt_at, acknowledgeable, created_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)")
                .params(
                        notice.id(),
                        person.id(),
                        notice.release().map(StoredIds::bytes).orElse(null),
                        notice.kind(),
                        letter.audience(),
                        Mail.subjectOf(letter.subject()),
                        Canonical.json(letter),
                        Canonical.digest(letter),
                        notice.id() + "." + person.id() + "@" + host,
                        person.mail().orElse(null),
                        MailState.PENDING.name(),
                        Columns.at(now),
                        acknowledgeable,
                        Columns.at(now))
                .update();
    }

    private List<Waiting> unaddressed() {
        return jdbc.sql(
                        "select id, notice_key, release_id, kind, group_names, person_ids, subject, content, path from notice"
                                + " where addressed_at is null order by id limit " + AT_ONCE)
                .query((row, index) -> waiting(row))
                .list();
    }

    private Waiting waiting(ResultSet row) throws SQLException {
        String path = row.getString("path");
        JsonNode content = read(row.getString("content"));
        List<String> paragraphs = new ArrayList<>();
        content.path("paragraphs").forEach(text -> paragraphs.add(text.asText()));
        List<Letter.Line> facts = new ArrayList<>();
        content.path("facts")
                .forEach(fact -> facts.add(new Letter.Line(
                        fact.path("label").asText(), fact.path("value").asText())));
        List<Letter.Link> links = new ArrayList<>();
        content.path("links")
                .forEach(link -> links.add(new Letter.Link(
                        link.path("label").asText(), link.path("path").asText())));
        if (links.isEmpty()) {
            links.add(new Letter.Link("Open it in Slipway", path));
        }
        return new Waiting(
                row.getLong("id"),
                row.getString("notice_key"),
                StoredIds.releaseIdIf(row.getBytes("release_id")),
                row.getString("kind"),
                names(row.getString("group_names")),
                names(row.getString("person_ids")),
                new Letter("", row.getString("subject"), paragraphs, facts, List.of(), links));
    }

    private int send() {
        Instant now = clock.instant();
        List<Long> due = jdbc.sql("select id from mail_message where state in ('PENDING', 'FAILED', 'SENDING')"
                        + " and next_attempt_at <= ? order by next_attempt_at, id limit " + AT_ONCE)
                .param(Columns.at(now))
                .query(Long.class)
                .list();
        due.forEach(this::send);
        return due.size();
    }

    private void send(long id) {
        Instant now = clock.instant();
        Integer claimed = transaction.execute(status -> jdbc.sql(
                        "update mail_message set state = 'SENDING', attempts = attempts + 1, next_attempt_at = ?"
                                + " where id = ? and state in ('PENDING', 'FAILED', 'SENDING') and next_attempt_at <= ?")
                .params(Columns.at(now.plus(settings.lease())), id, Columns.at(now))
                .update());
        if (claimed == null || claimed == 0) {
            return;
        }
        Message message = message(id);
        try {
            channel.send(mail(message));
            finish(id, MailState.SENT, clock.instant(), null);
        } catch (MailRefused refused) {
            finish(id, MailState.UNDELIVERABLE, clock.instant(), refused.getMessage());
        } catch (MailUnavailable unavailable) {
            LOG.warn("Message {} was not taken at attempt {}", id, message.attempts(), unavailable);
            boolean again = message.attempts() <= settings.retries().size();
            finish(
                    id,
                    again ? MailState.FAILED : MailState.UNDELIVERABLE,
                    again ? clock.instant().plus(settings.retries().get(message.attempts() - 1)) : clock.instant(),
                    unavailable.getMessage());
        }
    }

    private Mail mail(Message message) {
        String address = message.address();
        if (address == null && channel.needsAddress()) {
            throw new MailRefused("No mail address of this person is known.");
        }
        List<Letter.Link> links = new ArrayList<>(message.letter().links());
        if (message.acknowledgeable()) {
            links.add(new Letter.Link(
                    "Confirm that you have read this", acknowledgements.path(message.id(), message.person())));
        }
        Letter letter = new Letter(
                message.letter().audience(),
                message.letter().subject(),
                message.letter().paragraphs(),
                message.letter().facts(),
                message.letter().sections(),
                links);
        MailTemplates.Parts parts = templates.write(
                message.kind(), letter, recipients.zoneOf(message.person()), recipients.siteOf(message.release()));
        return new Mail(
                message.messageId(),
                settings.from(),
                address == null ? message.person() + "@" + "outbox" : address,
                Mail.subjectOf(letter.subject()),
                parts.text(),
                parts.html());
    }

    private void finish(long id, MailState state, Instant moment, @Nullable String failure) {
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update mail_message set state = ?, channel = ?, next_attempt_at = ?, sent_at = ?, failure = ?"
                                + " where id = ? and state = 'SENDING'")
                .params(
                        state.name(),
                        channel.name(),
                        Columns.at(moment),
                        state == MailState.SENT ? Columns.at(moment) : null,
                        failure == null ? null : Columns.fitting(failure, 500),
                        id)
                .update());
    }

    private Message message(long id) {
        return jdbc.sql(
                        "select id, person_id, address, kind, content, message_id, release_id, attempts, acknowledgeable"
                                + " from mail_message where id = ?")
                .param(id)
                .query((row, index) -> new Message(
                        row.getLong("id"),
                        row.getString("person_id"),
                        row.getString("address"),
                        row.getString("kind"),
                        letter(row.getString("content")),
                        row.getString("message_id"),
                        StoredIds.releaseIdIf(row.getBytes("release_id")),
                        row.getInt("attempts"),
                        row.getBoolean("acknowledgeable")))
                .single();
    }

    /** Takes the addresses of people out of the archive whose data were erased; that they were told stays. */
    private void forget() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update mail_message set address = null where address is not null"
                                + " and person_id in (select id from person where state = 'ERASED')")
                        .update());
    }

    Letter letter(String content) {
        try {
            return json.readValue(content, Letter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message holds what is no letter", e);
        }
    }

    private JsonNode read(String content) {
        try {
            return json.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notice holds what is no JSON", e);
        }
    }

    private static List<String> names(String joined) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(",", -1));
    }
}
