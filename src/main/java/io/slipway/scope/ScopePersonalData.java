package io.slipway.scope;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class ScopePersonalData {

    @Bean
    PersonalData personalDataOfScope(PersonalRecords records) {
        return records.of(
                "scope",
                List.of(
                        PersonalPlace.pseudonymised("trade_off", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("trade_off_offer", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("trade_off_answer", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("trade_off_decision", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("assumption", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("assumption_check", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("success_metric", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("metric_verdict", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("exit_waiver", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("exit_waiver_grant", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("class_override", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("scope_round", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("scope_item", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("exit_attestation", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("standard_change", PersonalPlace.TECHNICAL),
                        PersonalPlace.recorded("standard_change_approval", PersonalPlace.INSERT_ONLY)));
    }
}
