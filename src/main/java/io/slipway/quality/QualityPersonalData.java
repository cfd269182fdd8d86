package io.slipway.quality;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class QualityPersonalData {

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";

    @Bean
    PersonalData personalDataOfQuality(PersonalRecords records) {
        return records.of(
                "quality",
                List.of(
                        PersonalPlace.pseudonymised("finding", HISTORY),
                        PersonalPlace.pseudonymised("finding_triage", HISTORY),
                        PersonalPlace.pseudonymised("exemption", HISTORY),
                        PersonalPlace.pseudonymised("board_vote", HISTORY),
                        PersonalPlace.recorded("board_ballot", INSERT_ONLY),
                        PersonalPlace.pseudonymised("test_selection", HISTORY),
                        PersonalPlace.pseudonymised("environment_refresh", HISTORY),
                        PersonalPlace.recorded("gate_evidence", INSERT_ONLY),
                        PersonalPlace.recorded("gate_evaluation", INSERT_ONLY),
                        PersonalPlace.recorded("gate_verdict", INSERT_ONLY),
                        PersonalPlace.pseudonymised("gate_waiver", HISTORY)));
    }
}
