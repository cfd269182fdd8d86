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
    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";

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
                        PersonalPlace.recorded("mail_acknowledgement", INSERT_ONLY),
                        PersonalPlace.pseudonymised("notice", ARCHIVE),
                        PersonalPlace.pseudonymised("release_record_told", ARCHIVE),
                        PersonalPlace.pseudonymised("known_issue", HISTORY),
                        PersonalPlace.pseudonymised("ladder_question", HISTORY),
                        PersonalPlace.pseudonymised("team_dependency", HISTORY),
                        PersonalPlace.pseudonymised("release_delay", HISTORY),
                        PersonalPlace.pseudonymised("material", HISTORY),
                        PersonalPlace.pseudonymised("summary_text", HISTORY),
                        PersonalPlace.pseudonymised("task_watch", HISTORY)),
                CommunicationPersonalData::forgetAddresses);
    }
}
