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

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";
    private static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    @Bean
    PersonalData personalDataOfDeployment(PersonalRecords records) {
        return records.of(
                "deployment",
                List.of(
                        PersonalPlace.recorded("cut_over_lowered", INSERT_ONLY),
                        PersonalPlace.recorded("script_pin", INSERT_ONLY),
                        PersonalPlace.pseudonymised("script_run", HISTORY),
                        PersonalPlace.recorded("script_line", INSERT_ONLY),
                        PersonalPlace.recorded("migration_rehearsal", INSERT_ONLY),
                        PersonalPlace.recorded("migration_approval", INSERT_ONLY),
                        PersonalPlace.recorded("traffic_look", INSERT_ONLY),
                        PersonalPlace.pseudonymised("cut_over_name", TECHNICAL),
                        PersonalPlace.pseudonymised("script_rule", TECHNICAL),
                        PersonalPlace.pseudonymised("migration_data", TECHNICAL)));
    }
}
