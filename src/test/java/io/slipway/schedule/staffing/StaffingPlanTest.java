package io.slipway.schedule.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.integration.roster.Roster.Absence;
import io.slipway.integration.roster.Roster.Duty;
import io.slipway.integration.roster.Roster.Member;
import io.slipway.schedule.TimeSpan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Capability("2.2")
class StaffingPlanTest {

    private static Map<String, List<String>> candidates(Object... pairs) {
        Map<String, List<String>> candidates = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            candidates.put(pairs[i].toString(), List.of(pairs[i + 1].toString().split(" ", -1)));
        }
        return candidates;
    }

    @Test
    void movesSomebodyToAnotherFunctionWhereThatCoversAll() {
        StaffingPlan plan = StaffingPlan.of(candidates("qa", "anna ben", "security", "anna", "operations", "ben carl"));

        assertThat(plan.seats())
                .containsExactlyInAnyOrderEntriesOf(Map.of("qa", "ben", "security", "anna", "operations", "carl"));
        assertThat(plan.shortage()).isEmpty();
    }

    @Test
    void namesTheSmallestSetForWhichThereAreTooFew() {
        StaffingPlan plan = StaffingPlan.of(
                candidates("qa", "anna ben carl", "security", "anna", "operations", "dora", "service-desk", "anna"));

        assertThat(plan.uncovered()).hasSize(1);
        assertThat(plan.shortage())
                .hasValue(new StaffingPlan.Shortage(List.of("security", "service-desk"), Set.of("anna")));
        Map<String, List<String>> nobody = candidates("qa", "anna");
        nobody.put("security", List.of());
        assertThat(StaffingPlan.of(nobody).shortage())
                .hasValue(new StaffingPlan.Shortage(List.of("security"), Set.of()));
    }

    @Test
    void knowsWhoIsThereByHoursLeaveAndDuty() {
        Member early = new Member(
                "early",
                Set.of("qa"),
                ZoneId.of("Europe/Zurich"),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(8, 0),
                LocalTime.of(16, 0));
        Member night = new Member(
                "night",
                Set.of("qa"),
                ZoneId.of("America/New_York"),
                Set.of(DayOfWeek.MONDAY),
                LocalTime.of(22, 0),
                LocalTime.of(6, 0));
        Duty duty = new Duty("early", "qa", at("2026-03-07T00:00:00Z"), at("2026-03-08T00:00:00Z"));
        Absence leave = new Absence("early", at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z"), "Leave");
        Availability there = new Availability(List.of(early, night), List.of(leave), List.of(duty));

        assertThat(there.candidates("qa", span("2026-03-02T07:00:00Z", "2026-03-02T09:00:00Z")))
                .containsExactly("early");
        assertThat(there.candidates("qa", span("2026-03-02T06:30:00Z", "2026-03-02T09:00:00Z")))
                .isEmpty();
        assertThat(there.candidates("qa", span("2026-03-03T08:00:00Z", "2026-03-03T10:00:00Z")))
                .containsExactly("early", "night");
        assertThat(there.candidates("qa", span("2026-03-04T08:00:00Z", "2026-03-04T09:00:00Z")))
                .isEmpty();
        assertThat(there.candidates("qa", span("2026-03-07T02:00:00Z", "2026-03-07T03:00:00Z")))
                .containsExactly("early");
        assertThat(there.candidates("security", span("2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")))
                .isEmpty();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    private static TimeSpan span(String from, String to) {
        return new TimeSpan(at(from), at(to));
    }
}
