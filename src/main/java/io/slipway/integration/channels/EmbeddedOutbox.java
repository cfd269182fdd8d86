package io.slipway.integration.channels;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps mails in a table of ours, where their readers find them on the outbox page; used where no mail server is set. */
@Component
class EmbeddedOutbox implements MailChannel, OutboxPage {

    private final JdbcClient jdbc;
    private final Clock clock;

    EmbeddedOutbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public boolean needsAddress() {
        return false;
    }

    @Override
    @Transactional
    public void send(Mail mail) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        int again = jdbc.sql(
                        "update outbox_mail set recipient = ?, subject = ?, plain = ?, html = ? where message_id = ?")
                .params(mail.to(), mail.subject(), mail.text(), mail.html(), mail.messageId())
                .update();
        if (again == 0) {
            jdbc.sql(
                            "insert into outbox_mail (message_id, recipient, subject, plain, html, kept_at) values (?, ?, ?, ?, ?, ?)")
                    .params(mail.messageId(), mail.to(), mail.subject(), mail.text(), mail.html(), now)
                    .update();
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Kept> read(String messageId) {
        return jdbc.sql("select recipient, subject, plain, html from outbox_mail where message_id = ?")
                .param(messageId)
                .query((row, index) -> new Kept(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .optional();
    }
}
