package io.slipway.release;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class ReleasePersonalData {

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";
    private static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    @Bean
    PersonalData personalDataOfRelease(PersonalRecords records) {
        return records.of(
                "release",
                List.of(
                        PersonalPlace.pseudonymised("slipway_release", HISTORY),
                        PersonalPlace.pseudonymised("release_involvement", HISTORY),
                        PersonalPlace.pseudonymised("release_request", HISTORY),
                        PersonalPlace.recorded("release_copy", INSERT_ONLY),
                        PersonalPlace.recorded("release_comment", INSERT_ONLY),
                        PersonalPlace.pseudonymised("model_version", TECHNICAL),
                        PersonalPlace.pseudonymised("account_proposal", HISTORY)));
    }
}
