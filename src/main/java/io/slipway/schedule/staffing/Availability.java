package io.slipway.schedule.staffing;

import io.slipway.integration.roster.Roster.Absence;
import io.slipway.integration.roster.Roster.Duty;
import io.slipway.integration.roster.Roster.Member;
import io.slipway.schedule.TimeSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Who is there in a stretch of time.
 *
 * @param members everybody
 * @param absences absences that it meets
 * @param duties duties that it meets
 */
record Availability(List<Member> members, List<Absence> absences, List<Duty> duties) {

    /** People who can stand for a function during the whole of it: those on call first, then those at work. */
    List<String> candidates(String function, TimeSpan span) {
        List<Member> there = members.stream()
                .filter(member -> member.functions().contains(function))
                .filter(member -> absences.stream()
                        .noneMatch(absence -> absence.person().equals(member.person())
                                && new TimeSpan(absence.from(), absence.until()).meets(span)))
                .toList();
        return java.util.stream.Stream.concat(
                        there.stream().filter(member -> onDuty(member, function, span)),
                        there.stream().filter(member -> !onDuty(member, function, span) && atWork(member, span)))
                .map(Member::person)
                .toList();
    }

    private boolean onDuty(Member member, String function, TimeSpan span) {
        return duties.stream()
                .anyMatch(duty -> duty.person().equals(member.person())
                        && duty.function().equals(function)
                        && !duty.from().isAfter(span.start())
                        && !duty.until().isBefore(span.end()));
    }

    /** Whether it lies within the hours of one working day, as clocks at the place of the person show them. */
    private static boolean atWork(Member member, TimeSpan span) {
        LocalDate day = span.start().atZone(member.zone()).toLocalDate();
        return hours(member, day, span) || hours(member, day.minusDays(1), span);
    }

    private static boolean hours(Member member, LocalDate day, TimeSpan span) {
        if (!member.days().contains(day.getDayOfWeek())) {
            return false;
        }
        Instant from = day.atTime(member.from()).atZone(member.zone()).toInstant();
        LocalDate last = member.until().isAfter(member.from()) ? day : day.plusDays(1);
        Instant until = last.atTime(member.until()).atZone(member.zone()).toInstant();
        return !span.start().isBefore(from) && !span.end().isAfter(until);
    }
}
