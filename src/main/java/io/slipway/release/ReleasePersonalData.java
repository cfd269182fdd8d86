package io.slipway.release;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class ReleasePersonalData {

    @Bean
    PersonalData personalDataOfRelease(PersonalRecords records) {
        return records.of(
                "release",
                List.of(
                        PersonalPlace.pseudonymised("slipway_release", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("release_involvement", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("release_request", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("release_copy", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("release_comment", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("model_version", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("account_proposal", PersonalPlace.HISTORY)),
                // What a session holds is worth a password and in no copy; it ends with the person.
                (jdbc, person) -> jdbc.sql("delete from SPRING_SESSION where PRINCIPAL_NAME = ?")
                        .param(person)
                        .update());
    }
}
