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

    @Bean
    PersonalData personalDataOfQuality(PersonalRecords records) {
        return records.of(
                "quality",
                List.of(
                        PersonalPlace.pseudonymised("finding", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("finding_triage", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("exemption", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("board_vote", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("board_ballot", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("test_selection", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("environment_refresh", PersonalPlace.HISTORY),
                        PersonalPlace.recorded("gate_evidence", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("gate_evaluation", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.recorded("gate_verdict", PersonalPlace.INSERT_ONLY),
                        PersonalPlace.pseudonymised("gate_waiver", PersonalPlace.HISTORY)));
    }
}
