package io.slipway.integration.roster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A roster of our own, in three tables of Slipway's database. It takes part in the caller's transaction. */
@Component
@ConditionalOnProperty(name = "slipway.roster.register", havingValue = "embedded", matchIfMissing = true)
class EmbeddedRoster implements Roster {

    private final JdbcClient jdbc;

    EmbeddedRoster(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Member> members() {
        return jdbc.sql("select person_id, function_names, zone, days, hours_from, hours_until from roster_member"
                        + " order by person_id limit " + MOST)
                .query(EmbeddedRoster::member)
                .list();
    }

    @Override
    @Transactional(noRollbackFor = RosterRefused.class)
    public void put(Member member) {
        if (member.functions().isEmpty()
                || member.functions().stream().anyMatch(name -> !name.matches("[a-z-]{1,40}"))) {
            throw new RosterRefused("functions", "A member of the roster stands for at least one function.");
        }
        if (member.days().isEmpty()) {
            throw new RosterRefused("days", "A member of the roster works on at least one day of the week.");
        }
        bounded(member.person());
        jdbc.sql("delete from roster_member where person_id = ?")
                .param(member.person())
                .update();
        jdbc.sql("insert into roster_member (person_id, function_names, zone, days, hours_from, hours_until)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        member.person(),
                        member.functions().stream().sorted().collect(Collectors.joining(" ")),
                        member.zone().getId(),
                        member.days().stream()
                                .map(day -> String.valueOf(day.getValue()))
                                .sorted()
                                .collect(Collectors.joining()),
                        member.from().truncatedTo(ChronoUnit.MINUTES).toString(),
                        member.until().truncatedTo(ChronoUnit.MINUTES).toString())
                .update();
    }

    private static void bounded(String person) {
        if (person.isBlank() || person.length() > 64) {
            throw new RosterRefused("person", "A person has an id of 1 to 64 characters.");
        }
    }

    private static void ordered(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new RosterRefused("until", "It ends after it starts.");
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Absence> absences(Instant from, Instant until, int most) {
        return jdbc.sql("select person_id, starts_at, ends_at, reason from roster_absence where ends_at > ? and"
                        + " starts_at < ? order by ends_at, starts_at, person_id limit ?")
                .params(local(from), local(until), most)
                .query((row, index) -> new Absence(
                        row.getString("person_id"),
                        moment(row, "starts_at"),
                        moment(row, "ends_at"),
                        row.getString("reason")))
                .list();
    }

    @Override
    @Transactional(noRollbackFor = RosterRefused.class)
    public void absent(Absence absence) {
        bounded(absence.person());
        ordered(absence.from(), absence.until());
        if (absence.reason().length() > 200) {
            throw new RosterRefused("reason", "A reason has at most 200 characters.");
        }
        jdbc.sql("delete from roster_absence where person_id = ? and starts_at = ?")
                .params(absence.person(), local(absence.from()))
                .update();
        jdbc.sql("insert into roster_absence (person_id, starts_at, ends_at, reason) values (?, ?, ?, ?)")
                .params(absence.person(), local(absence.from()), local(absence.until()), absence.reason())
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Duty> duties(Instant from, Instant until, int most) {
        return jdbc.sql("select person_id, function_name, starts_at, ends_at from roster_duty where ends_at > ? and"
                        + " starts_at < ? order by ends_at, starts_at, person_id, function_name limit ?")
                .params(local(from), local(until), most)
                .query((row, index) -> new Duty(
                        row.getString("person_id"),
                        row.getString("function_name"),
                        moment(row, "starts_at"),
                        moment(row, "ends_at")))
                .list();
    }

    @Override
    @Transactional(noRollbackFor = RosterRefused.class)
    public void onDuty(Duty duty) {
        bounded(duty.person());
        ordered(duty.from(), duty.until());
        jdbc.sql("delete from roster_duty where person_id = ? and function_name = ? and starts_at = ?")
                .params(duty.person(), duty.function(), local(duty.from()))
                .update();
        jdbc.sql("insert into roster_duty (person_id, function_name, starts_at, ends_at) values (?, ?, ?, ?)")
                .params(duty.person(), duty.function(), local(duty.from()), local(duty.until()))
                .update();
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static Member member(ResultSet row, int index) throws SQLException {
        return new Member(
                row.getString("person_id"),
                Arrays.stream(row.getString("function_names").split(" ", -1)).collect(Collectors.toSet()),
                ZoneId.of(row.getString("zone")),
                row.getString("days")
                        .chars()
                        .mapToObj(day -> DayOfWeek.of(day - '0'))
                        .collect(Collectors.toSet()),
                LocalTime.parse(row.getString("hours_from")),
                LocalTime.parse(row.getString("hours_until")));
    }
}
