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

    @Bean
    PersonalData personalDataOfSchedule(PersonalRecords records) {
        return records.of(
                "schedule",
                List.of(
                        PersonalPlace.deleted("roster_member"),
                        PersonalPlace.deleted("roster_absence"),
                        PersonalPlace.deleted("roster_duty"),
                        PersonalPlace.pseudonymised("incident", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("booking_slot", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("booking_conflict", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("lockdown", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("lockdown_finding", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("staffing_seat", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("milestone", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("milestone_push", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("planning_entry", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("release_wave", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("release_window", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("readiness_verdict", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("go_decision", PersonalPlace.HISTORY),
                        PersonalPlace.pseudonymised("calendar_rule", PersonalPlace.TECHNICAL),
                        PersonalPlace.pseudonymised("blackout", PersonalPlace.TECHNICAL)));
    }
}
