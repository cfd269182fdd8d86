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

    @Bean
    PersonalData personalDataOfGovernance(PersonalRecords records) {
        return records.of(
                "governance",
                List.of(
                        PersonalPlace.recorded("risk_assessment", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("approval_seat", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("approval_decision", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("approval_requirement", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("approval_part", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("obligation", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("risk_adjustment", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("approval_delegation", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("access_change", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("erasure_request", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("adherence_finding", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("change_register", PersonalPlace.HISTORY),
                        PersonalPlace.deleted("confirmation")));
    }
}
