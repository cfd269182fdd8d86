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

    @Bean
    PersonalData personalDataOfValidation(PersonalRecords records) {
        return records.of(
                "validation",
                List.of(
                        PersonalPlace.recorded("emergency_review", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("release_closure", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("closure_addendum", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("closing_evaluation", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("release_review", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("review_timeline", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("review_point", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("review_conclusion", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("lesson", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("feedback_report", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("feedback_link", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("feedback_verdict", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("feedback_summary", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("required_update", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("update_attestation", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("comparison_decision", PersonalPlace.INSERT_ONLY)));
    }
}
