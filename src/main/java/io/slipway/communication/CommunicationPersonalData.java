package io.slipway.communication;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class CommunicationPersonalData {

    private static final String ARCHIVE =
            "The archive proves who was told what; it stands under the opaque id and keeps no address.";

    /** The address goes from the archive, and mails that no server took go altogether. */
    private static void forgetAddresses(JdbcClient jdbc, String person) {
        jdbc.sql(
                        "delete from outbox_mail where message_id in (select message_id from mail_message where person_id = ?)")
                .param(person)
                .update();
        jdbc.sql("update mail_message set address = null where person_id = ?")
                .param(person)
                .update();
    }

    @Bean
    PersonalData personalDataOfCommunication(PersonalRecords records) {
        return records.of(
                "communication",
                List.of(
                        PersonalPlace.deleted("mail_zone"),
                        PersonalPlace.pseudonymised("outbox_mail", ARCHIVE),
                        PersonalPlace.pseudonymised("mail_message", ARCHIVE),
                        PersonalPlace.recorded("mail_acknowledgement", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("notice", ARCHIVE),
                        PersonalPlace.pseudonymised("release_record_told_to", ARCHIVE),
                        PersonalPlace.pseudonymised("known_issue", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("ladder_question", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("team_dependency", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("release_delay", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("material", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("summary_text", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("task_watch", PersonalPlace.HISTORY)),
                CommunicationPersonalData::forgetAddresses);
    }
}
