package io.slipway.deployment;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class DeploymentPersonalData {

    @Bean
    PersonalData personalDataOfDeployment(PersonalRecords records) {
        return records.of(
                "deployment",
                List.of(
                        PersonalPlace.recorded("cut_over_lowered", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("script_pin", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("script_run", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("script_line", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("migration_rehearsal", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("migration_approval", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("traffic_look", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("cut_over_name", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("script_rule", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("migration_data", PersonalPlace.TECHNICAL)));
    }
}
