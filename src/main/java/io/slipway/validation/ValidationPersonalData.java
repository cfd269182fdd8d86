package io.slipway.validation;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class ValidationPersonalData {

    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";

    @Bean
    PersonalData personalDataOfValidation(PersonalRecords records) {
        return records.of(
                "validation",
                List.of(
                        PersonalPlace.recorded("emergency_review", INSERT_ONLY),
                        PersonalPlace.recorded("release_closure", INSERT_ONLY),
                        PersonalPlace.recorded("closure_addendum", INSERT_ONLY),
                        PersonalPlace.recorded("closing_evaluation", INSERT_ONLY),
                        PersonalPlace.recorded("release_review", INSERT_ONLY),
                        PersonalPlace.recorded("review_timeline", INSERT_ONLY),
                        PersonalPlace.recorded("review_point", INSERT_ONLY),
                        PersonalPlace.recorded("review_conclusion", INSERT_ONLY),
                        PersonalPlace.recorded("lesson", INSERT_ONLY),
                        PersonalPlace.recorded("feedback_report", INSERT_ONLY),
                        PersonalPlace.recorded("feedback_link", INSERT_ONLY),
                        PersonalPlace.recorded("feedback_verdict", INSERT_ONLY),
                        PersonalPlace.recorded("feedback_summary", INSERT_ONLY),
                        PersonalPlace.recorded("required_update", INSERT_ONLY),
                        PersonalPlace.recorded("update_attestation", INSERT_ONLY),
                        PersonalPlace.recorded("comparison_decision", INSERT_ONLY)));
    }
}
