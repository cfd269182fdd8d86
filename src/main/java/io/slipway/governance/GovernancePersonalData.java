package io.slipway.governance;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class GovernancePersonalData {

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";

    @Bean
    PersonalData personalDataOfGovernance(PersonalRecords records) {
        return records.of(
                "governance",
                List.of(
                        PersonalPlace.recorded("risk_assessment", INSERT_ONLY),
                        PersonalPlace.recorded("approval_seat", INSERT_ONLY),
                        PersonalPlace.recorded("approval_decision", INSERT_ONLY),
                        PersonalPlace.recorded("approval_requirement", INSERT_ONLY),
                        PersonalPlace.recorded("approval_part", INSERT_ONLY),
                        PersonalPlace.pseudonymised("obligation", HISTORY),
                        PersonalPlace.pseudonymised("risk_adjustment", HISTORY),
                        PersonalPlace.pseudonymised("approval_delegation", HISTORY),
                        PersonalPlace.pseudonymised("access_change", HISTORY),
                        PersonalPlace.pseudonymised("erasure_request", HISTORY),
                        PersonalPlace.pseudonymised("adherence_finding", HISTORY),
                        PersonalPlace.pseudonymised("change_register", HISTORY),
                        PersonalPlace.deleted("confirmation")));
    }
}
