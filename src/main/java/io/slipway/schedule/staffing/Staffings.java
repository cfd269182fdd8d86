package io.slipway.schedule.staffing;

import io.slipway.integration.roster.Roster;
import io.slipway.integration.roster.RosterRefused;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.web.Paging;
import io.slipway.release.AuditTrail;
import io.slipway.release.Escalations;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.WindowPlanned;
import io.slipway.schedule.Windows;
import io.slipway.schedule.process.ConfirmStaffingProcess;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds people for the functions that a window needs, each person for one function, asks them by name, and asks a backup when somebody
 * declines or does not answer. While the roster is empty nobody is asked.
 */
@Service
public class Staffings {

    private final JdbcClient jdbc;
    private final Roster roster;
    private final StaffingSettings settings;
    private final Windows windows;
    private final SideProcesses sides;
    private final Permissions permissions;
    private final Notices notices;
    private final Escalations escalations;
    private final AuditTrail audit;
    private final Clock clock;

    Staffings(
            JdbcClient jdbc,
            Roster roster,
            StaffingSettings settings,
            Windows windows,
            SideProcesses sides,
            Permissions permissions,
            Notices notices,
            Escalations escalations,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.roster = roster;
        this.settings = settings;
        this.windows = windows;
        this.sides = sides;
        this.permissions = permissions;
        this.notices = notices;
        this.escalations = escalations;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a named person says. */
    public enum Answer {
        PRESENT,
        ABSENT,
        SILENT
    }

    /**
     * Who was asked to stand for a function.
     *
     * @param answer null while there is none
     */
    public record Seat(
            String function, String person, @Nullable Answer answer, Instant askedAt) {

        /** The function as people read it. */
        public String label() {
            return Role.ofGroup(function).map(Role::label).orElse(function);
        }
    }

    /**
     * Somebody who is asked next.
     *
     * @param person empty when nobody is left
     * @param answerDueAt when the next one is asked if there is no answer
     */
    public record Asked(Optional<String> person, Instant answerDueAt) {}

    /** Lets those pass who keep the roster. */
    public void requireKeeper(String person) {
        permissions.require(person, Role.RELEASE_MANAGER, Role.OPERATIONS);
    }

    /** Whether a person keeps the roster. */
    public boolean mayKeep(String person) {
        return permissions.has(person, Role.RELEASE_MANAGER, Role.OPERATIONS);
    }

    /** Everybody on the roster. */
    public List<Roster.Member> members() {
        return roster.members();
    }

    /** Absences within a stretch of time, the one that ends next first. */
    public Page<Roster.Absence> absences(TimeSpan span, Pageable page) {
        return Paging.part(roster.absences(span.start(), span.end(), ListTotal.most(page)), page);
    }

    /** Duties within a stretch of time, the one that ends next first. */
    public Page<Roster.Duty> duties(TimeSpan span, Pageable page) {
        return Paging.part(roster.duties(span.start(), span.end(), ListTotal.most(page)), page);
    }

    /**
     * Enters somebody in the roster.
     *
     * @throws Refused when a function is no role, or none that the person has, or the content is not accepted
     */
    @Transactional
    public void put(String keeper, Roster.Member member) {
        requireKeeper(keeper);
        member.functions().stream()
                .filter(function -> Role.ofGroup(function).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new Refused("functions", "'" + unknown + "' is no role.");
                });
        member.functions().stream()
                .filter(function -> Role.ofGroup(function)
                        .filter(role -> permissions.has(member.person(), role))
                        .isEmpty())
                .findFirst()
                .ifPresent(foreign -> {
                    throw new Refused(
                            "functions",
                            "This person does not have the role '" + label(foreign)
                                    + "', and so could not confirm that it is covered; please give the role first.");
                });
        told(() -> roster.put(member));
        record(
                "schedule.putRosterMember",
                member.person(),
                Map.of("functions", member.functions().toString()));
    }

    /** Enters an absence. */
    @Transactional
    public void absent(String keeper, Roster.Absence absence) {
        requireKeeper(keeper);
        told(() -> roster.absent(absence));
        record(
                "schedule.enterAbsence",
                absence.person(),
                Map.of("from", absence.from().toString()));
    }

    /** Enters a duty. */
    @Transactional
    public void onDuty(String keeper, Roster.Duty duty) {
        requireKeeper(keeper);
        told(() -> roster.onDuty(duty));
        record("schedule.enterDuty", duty.person(), Map.of("function", duty.function()));
    }

    private static void told(Runnable change) {
        try {
            change.run();
        } catch (RosterRefused refused) {
            throw new Refused(refused.field(), String.valueOf(refused.getMessage()));
        }
    }

    private void record(String action, String person, Map<String, ?> after) {
        audit.record(new AuditTrail.Entry(Optional.empty(), action, person, Map.of(), after));
    }

    /** Who can stand for what in a stretch of time; empty while the roster is. */
    public Optional<StaffingPlan> plan(TimeSpan span) {
        List<Roster.Member> members = roster.members();
        return members.isEmpty() ? Optional.empty() : Optional.of(StaffingPlan.of(candidates(members, span)));
    }

    private Map<String, List<String>> candidates(List<Roster.Member> members, TimeSpan span) {
        Availability there = new Availability(
                members,
                roster.absences(span.start(), span.end(), Roster.MOST),
                roster.duties(span.start(), span.end(), Roster.MOST));
        Map<String, List<String>> candidates = new LinkedHashMap<>();
        settings.functions()
                .forEach(function -> candidates.put(
                        function,
                        there.candidates(function, span).stream()
                                .filter(person -> holds(person, function))
                                .toList()));
        return candidates;
    }

    /** Whoever has lost the role since covers nothing any more. */
    private boolean holds(String person, String function) {
        return Role.ofGroup(function)
                .filter(role -> permissions.has(person, role))
                .isPresent();
    }

    /** What a plan leaves open, in sentences; empty when everything is covered. */
    public List<String> gaps(StaffingPlan plan) {
        return plan
                .shortage()
                .map(shortage -> {
                    String functions = String.join(
                            ", ",
                            shortage.functions().stream()
                                    .map(function -> Role.ofGroup(function)
                                            .map(Role::label)
                                            .orElse(function))
                                    .toList());
                    return shortage.people().isEmpty()
                            ? "Nobody on the roster is there then for: " + functions + "."
                            : "For " + functions + " there "
                                    + (shortage.people().size() == 1
                                            ? "is 1 person"
                                            : "are " + shortage.people().size() + " people")
                                    + " only, and nobody stands for two functions.";
                })
                .stream()
                .toList();
    }

    /** Asks the people of a planned window, each function by itself. */
    @EventListener
    void planned(WindowPlanned planned) {
        sides.end(planned.release().key(), ConfirmStaffingProcess.KEY, "Another window is planned");
        if (roster.members().isEmpty()) {
            return;
        }
        settings.functions()
                .forEach(function -> sides.start(
                        planned.release(),
                        ConfirmStaffingProcess.KEY,
                        Map.of(ConfirmStaffingProcess.STAFFING_FUNCTION.name(), function)));
    }

    /** Whoever has ended needs nobody any more. */
    @EventListener
    void ended(ReleaseStateChanged change) {
        if (change.release().state().ended()) {
            sides.end(change.release().key(), ConfirmStaffingProcess.KEY, "The release has ended");
        }
    }

    /**
     * Names the next person for a function of the present window; whoever was asked and has not answered counts as silent. Asking
     * again before that person's time is over names the same.
     */
    @Transactional
    public Asked ask(Release release, String function) {
        Optional<Window> window = window(release);
        Instant now = clock.instant();
        if (window.isEmpty()) {
            return new Asked(Optional.empty(), now);
        }
        int round = window.get().round();
        List<Seat> before = seats(release, round);
        Optional<Seat> waiting = before.stream()
                .filter(seat -> seat.function().equals(function) && seat.answer() == null)
                .findFirst();
        if (waiting.isPresent()
                && waiting.get().askedAt().plus(settings.answer()).isAfter(now)) {
            return new Asked(
                    Optional.of(waiting.get().person()), waiting.get().askedAt().plus(settings.answer()));
        }
        waiting.ifPresent(seat -> answered(release, round, seat, Answer.SILENT));
        Optional<String> next = next(function, window.get().span(), before);
        next.ifPresentOrElse(
                person -> name(
                        release,
                        round,
                        function,
                        person,
                        before.size(),
                        window.get().span()),
                () -> escalations.raise(
                        release,
                        "staffing/" + round + "/" + function,
                        "Who stands for " + label(function) + " when " + release.key() + " goes to production?",
                        List.of("Nobody on the roster is left to ask for the window of "
                                + TimeSpan.readable(window.get().span().start()) + ".")));
        return new Asked(next, now.plus(settings.answer()));
    }

    /** Whoever the best plan for all functions names, without those who sit or have said no. */
    private Optional<String> next(String function, TimeSpan span, List<Seat> seats) {
        Map<String, List<String>> candidates = candidates(roster.members(), span);
        Map<String, List<String>> left = new LinkedHashMap<>();
        candidates.forEach((name, people) -> left.put(
                name,
                people.stream()
                        .filter(person -> seats.stream().noneMatch(seat -> bars(seat, person, name, function)))
                        .toList()));
        // Those who sit keep their seats; the others are planned together, this function first.
        Map<String, List<String>> open = new LinkedHashMap<>();
        open.put(function, left.getOrDefault(function, List.of()));
        left.forEach((name, people) -> {
            boolean taken = seats.stream()
                    .anyMatch(seat ->
                            seat.function().equals(name) && (seat.answer() == null || seat.answer() == Answer.PRESENT));
            if (!taken && !name.equals(function)) {
                open.put(name, people);
            }
        });
        return Optional.ofNullable(StaffingPlan.of(open).seats().get(function));
    }

    /** Whether a seat keeps a person from another: who sits elsewhere, who said no here, and whoever was asked for this function. */
    private static boolean bars(Seat seat, String person, String name, String function) {
        if (!seat.person().equals(person)) {
            return false;
        }
        boolean here = seat.function().equals(name);
        boolean declined = seat.answer() != null && seat.answer() != Answer.PRESENT;
        return declined ? here : (!here || name.equals(function));
    }

    private void name(Release release, int round, String function, String person, int turn, TimeSpan span) {
        jdbc.sql("insert into staffing_seat (release_id, round_number, function_name, person_id, turn, asked_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), round, function, person, turn, local(clock.instant()))
                .update();
        notices.tell(new Notices.Notice(
                release.key() + "/staffing/" + round + "/" + function + "/" + turn,
                Optional.of(release.id()),
                "schedule.staffingAsked",
                Notices.Audience.person(person),
                "Are you there when " + release.key() + " goes to production?",
                List.of("You stand for " + label(function) + " from " + TimeSpan.readable(span.start()) + " to "
                        + TimeSpan.readable(span.end()) + "; please confirm it in your task."),
                List.of(),
                "/releases/" + release.key()));
    }

    /**
     * Notes what the named person says.
     *
     * @throws Refused when somebody else answers
     */
    @Transactional
    public void answer(Release release, String function, String person, Answer answer) {
        int round = window(release)
                .orElseThrow(() -> new Refused("No window is planned for " + release.key() + "."))
                .round();
        Seat seat = seats(release, round).stream()
                .filter(asked -> asked.function().equals(function) && asked.answer() == null)
                .findFirst()
                .orElseThrow(() -> new Refused("Nobody is asked for " + label(function) + " now."));
        if (!seat.person().equals(person)) {
            throw new Refused("Somebody else is asked by name for " + label(function)
                    + "; please leave the answer to that person.");
        }
        answered(release, round, seat, answer);
    }

    private void answered(Release release, int round, Seat seat, Answer answer) {
        jdbc.sql("update staffing_seat set answer = ?, answered_at = ? where release_id = ? and round_number = ?"
                        + " and function_name = ? and person_id = ?")
                .params(
                        answer.name(),
                        local(clock.instant()),
                        StoredIds.bytes(release),
                        round,
                        seat.function(),
                        seat.person())
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "schedule.answerStaffing",
                seat.function(),
                Map.of("person", seat.person()),
                Map.of("round", round, "answer", answer.name())));
    }

    /** What the last one who was asked has said. */
    @Transactional(readOnly = true)
    public Answer conclude(Release release, String function) {
        return window(release)
                .flatMap(window -> seats(release, window.round()).stream()
                        .filter(seat -> seat.function().equals(function) && seat.answer() != null)
                        .reduce((one, later) -> later))
                .map(Seat::answer)
                .orElse(Answer.SILENT);
    }

    /** Who was asked for the present window, in order. */
    @Transactional(readOnly = true)
    public List<Seat> seats(Release release) {
        return window(release).map(window -> seats(release, window.round())).orElse(List.of());
    }

    private List<Seat> seats(Release release, int round) {
        return jdbc.sql("select function_name, person_id, answer, asked_at from staffing_seat where release_id = ?"
                        + " and round_number = ? order by turn, function_name")
                .params(StoredIds.bytes(release), round)
                .query((row, index) -> new Seat(
                        row.getString("function_name"),
                        row.getString("person_id"),
                        Optional.ofNullable(row.getString("answer"))
                                .map(Answer::valueOf)
                                .orElse(null),
                        row.getObject("asked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
    }

    private record Window(int round, TimeSpan span) {}

    private Optional<Window> window(Release release) {
        return windows.present(release).flatMap(window -> window.span().map(span -> new Window(window.round(), span)));
    }

    /** The function as people read it. */
    public static String label(String function) {
        return Role.ofGroup(function).map(Role::label).orElse(function);
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }
}
