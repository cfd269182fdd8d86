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

    @Bean
    PersonalData personalDataOfPackaging(PersonalRecords records) {
        return records.of(
                "packaging",
                List.of(
                        PersonalPlace.recorded("build_request", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("build_record", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("build_comparison", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("build_review", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("package_file", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("package_hop", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("version_block", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("drift_check", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("trusted_key", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("contract_entry", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("config_value", PersonalPlace.TECHNICAL)));
    }
}
