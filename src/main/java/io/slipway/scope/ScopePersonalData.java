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

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";
    private static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    @Bean
    PersonalData personalDataOfScope(PersonalRecords records) {
        return records.of(
                "scope",
                List.of(
                        PersonalPlace.pseudonymised("trade_off", HISTORY),
                        PersonalPlace.recorded("trade_off_offer", INSERT_ONLY),
                        PersonalPlace.recorded("trade_off_answer", INSERT_ONLY),
                        PersonalPlace.recorded("trade_off_decision", INSERT_ONLY),
                        PersonalPlace.pseudonymised("assumption", HISTORY),
                        PersonalPlace.recorded("assumption_check", INSERT_ONLY),
                        PersonalPlace.pseudonymised("success_metric", HISTORY),
                        PersonalPlace.recorded("metric_verdict", INSERT_ONLY),
                        PersonalPlace.recorded("exit_waiver", INSERT_ONLY),
                        PersonalPlace.recorded("exit_waiver_grant", INSERT_ONLY),
                        PersonalPlace.pseudonymised("class_override", HISTORY),
                        PersonalPlace.pseudonymised("scope_round", HISTORY),
                        PersonalPlace.pseudonymised("scope_item", HISTORY),
                        PersonalPlace.pseudonymised("exit_attestation", HISTORY),
                        PersonalPlace.pseudonymised("standard_change", TECHNICAL),
                        PersonalPlace.recorded("standard_change_approval", INSERT_ONLY)));
    }
}
