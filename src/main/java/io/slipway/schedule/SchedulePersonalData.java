package io.slipway.schedule;

import io.slipway.release.PersonalData;
import io.slipway.release.PersonalPlace;
import io.slipway.release.PersonalRecords;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module keeps about people, and what becomes of it at erasure. */
@Configuration(proxyBeanMethods = false)
class SchedulePersonalData {

    private static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";
    private static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    @Bean
    PersonalData personalDataOfSchedule(PersonalRecords records) {
        return records.of(
                "schedule",
                List.of(
                        PersonalPlace.deleted("roster_member"),
                        PersonalPlace.deleted("roster_absence"),
                        PersonalPlace.deleted("roster_duty"),
                        PersonalPlace.pseudonymised("incident", HISTORY),
                        PersonalPlace.pseudonymised("booking_slot", HISTORY),
                        PersonalPlace.pseudonymised("booking_conflict", HISTORY),
                        PersonalPlace.pseudonymised("lockdown", HISTORY),
                        PersonalPlace.pseudonymised("lockdown_finding", HISTORY),
                        PersonalPlace.pseudonymised("staffing_seat", HISTORY),
                        PersonalPlace.pseudonymised("milestone", HISTORY),
                        PersonalPlace.pseudonymised("milestone_push", HISTORY),
                        PersonalPlace.pseudonymised("planning_entry", HISTORY),
                        PersonalPlace.pseudonymised("release_wave", HISTORY),
                        PersonalPlace.pseudonymised("release_window", HISTORY),
                        PersonalPlace.pseudonymised("readiness_verdict", HISTORY),
                        PersonalPlace.pseudonymised("go_decision", HISTORY),
                        PersonalPlace.pseudonymised("calendar_rule", TECHNICAL),
                        PersonalPlace.pseudonymised("blackout", TECHNICAL)));
    }
}
