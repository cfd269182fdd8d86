package io.slipway.packaging;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class PackagingPersonalData {

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";
    private static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    @Bean
    PersonalData personalDataOfPackaging(PersonalRecords records) {
        return records.of(
                "packaging",
                List.of(
                        PersonalPlace.recorded("build_request", INSERT_ONLY),
                        PersonalPlace.recorded("build_record", INSERT_ONLY),
                        PersonalPlace.recorded("build_comparison", INSERT_ONLY),
                        PersonalPlace.recorded("build_review", INSERT_ONLY),
                        PersonalPlace.pseudonymised("package_file", HISTORY),
                        PersonalPlace.recorded("package_hop", INSERT_ONLY),
                        PersonalPlace.pseudonymised("version_block", HISTORY),
                        PersonalPlace.recorded("drift_check", INSERT_ONLY),
                        PersonalPlace.pseudonymised("trusted_key", TECHNICAL),
                        PersonalPlace.pseudonymised("contract_entry", TECHNICAL),
                        PersonalPlace.pseudonymised("config_value", TECHNICAL)));
    }
}
