package io.slipway.integration.roster;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Who may stand for which function, and when each is there. */
public interface Roster {

    /** Most members that are told, and most absences and duties that a choice among them looks at. */
    int MOST = 500;

    /**
     * Somebody who may stand for functions.
     *
     * @param person opaque id
     * @param functions groups of roles, such as {@code qa}
     * @param zone where the person works
     * @param days days of work there
     * @param from start of the working hours there
     * @param until end of them; of the next day when it is not after the start
     */
    record Member(
            String person, Set<String> functions, ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime until) {

        /** Copies the sets. */
        public Member {
            functions = Set.copyOf(functions);
            days = Set.copyOf(days);
        }
    }

    /** A time in which somebody is away, such as a leave. */
    record Absence(String person, Instant from, Instant until, String reason) {}

    /** A time in which somebody is on call for a function, whatever the working hours are. */
    record Duty(String person, String function, Instant from, Instant until) {}

    /**
     * Everybody, by person.
     *
     * @throws RosterUnavailable when the roster does not answer; repeat the call
     */
    List<Member> members();

    /**
     * Enters a member in place of what was said about the person before.
     *
     * @throws RosterRefused when the content is not accepted
     * @throws RosterUnavailable when it cannot be told whether it was written; repeat the call
     */
    void put(Member member);

    /**
     * Absences that a stretch of time meets, the one that ends next first.
     *
     * @param most how many are told at most
     * @throws RosterUnavailable when the roster does not answer; repeat the call
     */
    List<Absence> absences(Instant from, Instant until, int most);

    /**
     * Enters an absence; one of the same person with the same start is replaced.
     *
     * @throws RosterRefused when the content is not accepted
     * @throws RosterUnavailable when it cannot be told whether it was written; repeat the call
     */
    void absent(Absence absence);

    /**
     * Duties that a stretch of time meets, the one that ends next first.
     *
     * @param most how many are told at most
     * @throws RosterUnavailable when the roster does not answer; repeat the call
     */
    List<Duty> duties(Instant from, Instant until, int most);

    /**
     * Enters a duty; one of the same person and function with the same start is replaced.
     *
     * @throws RosterRefused when the content is not accepted
     * @throws RosterUnavailable when it cannot be told whether it was written; repeat the call
     */
    void onDuty(Duty duty);
}
