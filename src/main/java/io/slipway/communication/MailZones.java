package io.slipway.communication;

import io.slipway.release.Refused;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the zone in which a person reads mails, and pages where the browser names none. */
@Service
public class MailZones {

    private final JdbcClient jdbc;
    private final Recipients recipients;

    MailZones(JdbcClient jdbc, Recipients recipients) {
        this.jdbc = jdbc;
        this.recipients = recipients;
    }

    /** The zone of a person's mails. */
    public String of(String person) {
        return recipients.zoneOf(person).getId();
    }

    /**
     * Chooses the zone of one's own mails.
     *
     * @throws Refused when there is no such zone
     */
    @Transactional
    public void choose(String person, @Nullable String zone) {
        String name = zone == null ? "" : zone.strip();
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Refused("zone", "'zone' must be a zone of the IANA database, such as Europe/Berlin.");
        }
        jdbc.sql("delete from mail_zone where person_id = ?").param(person).update();
        jdbc.sql("insert into mail_zone (person_id, zone_name) values (?, ?)")
                .params(person, name)
                .update();
    }
}
