package io.slipway.schedule.calendars;

import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import io.slipway.schedule.Met;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.calendars.RecurringTime.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calendars of allowed and denied times. They are expanded whenever somebody asks, with the zone's rules of that day, so that a rule
 * that is edited, and a zone that changes its clocks, count at once. Where no time is declared allowed, every time is that is not denied.
 */
@Service
public class Calendars {

    /** Stands for "not within an allowed time" where an emergency names what it breaks. */
    public static final String NOT_ALLOWED = "not-allowed";

    /** How far ahead the next time is looked for. */
    public static final Duration HORIZON = Duration.ofDays(90);

    private static final int MOST_RULES = 500;
    private static final String SELECT = "select id, kind, name, system_key, environment_key, region, rule_text,"
            + " entered_by, entered_at from calendar_rule where lifted_at is null";

    private final JdbcClient jdbc;
    private final Landscape landscape;
    private final EnvironmentSites sites;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Calendars(
            JdbcClient jdbc,
            Landscape landscape,
            EnvironmentSites sites,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.landscape = landscape;
        this.sites = sites;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One time of a calendar.
     *
     * @param rule whose it is
     * @param span when it is
     */
    public record Occurrence(CalendarRule rule, TimeSpan span) {

        /** Its start as people at its place read it. */
        public String from() {
            return TimeSpan.readable(span.start(), rule.time().zone());
        }

        /** Its end as people at its place read it. */
        public String to() {
            return TimeSpan.readable(span.end(), rule.time().zone());
        }
    }

    /** Lets those pass who keep the calendars. */
    public void requireKeeper(String person) {
        permissions.require(person, Role.RELEASE_MANAGER);
    }

    /** Whether a person keeps the calendars. */
    public boolean mayKeep(String person) {
        return permissions.has(person, Role.RELEASE_MANAGER);
    }

    /**
     * Enters a rule; it holds at once, also for windows that are planned already.
     *
     * @throws Refused when it has no name or is not understood, or there are too many
     * @throws NotFound when there is no such system or environment
     */
    @Transactional
    public CalendarRule enter(String person, NewCalendarRule entered) {
        requireKeeper(person);
        return insert(person, entered, null);
    }

    /**
     * Puts another rule in the place of one; it holds at once.
     *
     * @throws Refused as {@link #enter}
     * @throws NotFound when there is none that holds
     */
    @Transactional
    public CalendarRule edit(String person, UUID id, NewCalendarRule entered) {
        requireKeeper(person);
        check(entered);
        end(person, id);
        return insert(person, entered, id);
    }

    /**
     * Ends the effect of a rule.
     *
     * @throws Refused when no reason is given
     * @throws NotFound when there is none that holds
     */
    @Transactional
    public void lift(String person, UUID id, String reason) {
        requireKeeper(person);
        if (reason.isBlank() || reason.length() > 1000) {
            throw new Refused("reason", "Please say in 1 to 1000 characters why the calendar is lifted.");
        }
        CalendarRule rule = end(person, id);
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "schedule.liftCalendar", rule.name(), facts(rule), Map.of("reason", reason.strip())));
    }

    private CalendarRule end(String person, UUID id) {
        CalendarRule rule = find(id).orElseThrow(() -> new NotFound("calendar", id.toString()));
        int ended = jdbc.sql("update calendar_rule set lifted_by = ?, lifted_at = ? where id = ? and lifted_at is null")
                .params(person, local(clock.instant()), StoredIds.bytes(id))
                .update();
        if (ended == 0) {
            throw new NotFound("calendar", id.toString());
        }
        return rule;
    }

    private CalendarRule insert(String person, NewCalendarRule entered, @Nullable UUID replaces) {
        RecurringTime time = check(entered);
        long held = jdbc.sql("select count(*) from calendar_rule where lifted_at is null")
                .query(Long.class)
                .single();
        if (held >= MOST_RULES) {
            throw new Refused("There are " + MOST_RULES + " calendars already; please lift those that are over.");
        }
        CalendarRule rule = new CalendarRule(
                UUID.randomUUID(),
                entered.kind(),
                entered.name().strip(),
                entered.system(),
                entered.environment(),
                entered.region(),
                entered.text().strip(),
                person,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        jdbc.sql("insert into calendar_rule (id, kind, name, system_key, environment_key, region, rule_text, zone,"
                        + " tzdata, replaces, entered_by, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(rule.id()),
                        rule.kind().name(),
                        rule.name(),
                        rule.system().orElse(null),
                        rule.environment().orElse(null),
                        rule.region().orElse(null),
                        rule.text(),
                        time.zone().getId(),
                        tzdata(),
                        replaces == null ? null : StoredIds.bytes(replaces),
                        person,
                        local(rule.enteredAt()))
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                replaces == null ? "schedule.enterCalendar" : "schedule.editCalendar",
                rule.name(),
                replaces == null ? Map.of() : Map.of("replaces", replaces.toString()),
                facts(rule)));
        return rule;
    }

    /** Version of the rules of IANA that this program has. */
    static String tzdata() {
        return ZoneRulesProvider.getVersions("Europe/Zurich").lastKey();
    }

    private RecurringTime check(NewCalendarRule entered) {
        if (entered.name().isBlank()
                || entered.name().length() > 200
                || entered.name().chars().anyMatch(Character::isISOControl)) {
            throw new Refused("name", "Please give the calendar a name of 1 to 200 characters, on one line.");
        }
        RecurringTime time = RecurringTime.parse(entered.text());
        long age = Duration.between(time.start().toInstant(ZoneOffset.UTC), clock.instant())
                .toDays();
        if (age > 3_660 || (time.hourly() && age > 400)) {
            throw new Refused(
                    "rule",
                    "DTSTART is too long ago; please begin a rule within the last ten years, and an hourly one within"
                            + " the last 400 days.");
        }
        entered.region().filter(region -> region.length() > 64).ifPresent(region -> {
            throw new Refused("region", "The name of a region has at most 64 characters.");
        });
        entered.region().ifPresent(region -> OneLine.require("region", region));
        if (entered.system().isEmpty() && entered.environment().isPresent()) {
            throw new Refused("system", "Please name the system of the environment, or leave out both.");
        }
        entered.system().ifPresent(landscape::system);
        entered.environment()
                .ifPresent(environment -> landscape.environment(entered.system().orElseThrow(), environment));
        return time;
    }

    /** One rule that holds. */
    @Transactional(readOnly = true)
    public Optional<CalendarRule> find(UUID id) {
        return jdbc.sql(SELECT + " and id = ?")
                .param(StoredIds.bytes(id))
                .query(Calendars::rule)
                .optional();
    }

    /** Rules that hold, by name. */
    @Transactional(readOnly = true)
    public Page<CalendarRule> list(Pageable page) {
        List<CalendarRule> rules = jdbc.sql(SELECT + " order by name, id limit ? offset ?")
                .params(page.getPageSize(), page.getOffset())
                .query(Calendars::rule)
                .list();
        long total = jdbc.sql(ListTotal.sql("from calendar_rule where lifted_at is null", page))
                .query(Long.class)
                .single();
        return new PageImpl<>(rules, page, total);
    }

    /** Times of all calendars that a stretch of time meets, in order; each at most 400 times. */
    @Transactional(readOnly = true)
    public List<Occurrence> between(TimeSpan range) {
        return between(inForce(), range);
    }

    /** All rules that hold, by name; {@value #MOST_RULES} at most. */
    @Transactional(readOnly = true)
    public List<CalendarRule> inForce() {
        return jdbc.sql(SELECT + " order by name, id").query(Calendars::rule).list();
    }

    /** When these rules take place in a stretch of time, in order. */
    public static List<Occurrence> between(List<CalendarRule> rules, TimeSpan range) {
        return rules.stream()
                .flatMap(rule -> occurrences(rule, range).limit(400))
                .sorted(Comparator.comparing(occurrence -> occurrence.span().start()))
                .toList();
    }

    private static Stream<Occurrence> occurrences(CalendarRule rule, TimeSpan range) {
        return rule.time().expand(rule.kind(), range).spans().stream().map(span -> new Occurrence(rule, span));
    }

    /** Rules that hold in an environment. */
    private List<CalendarRule> rules(String system, String environment) {
        return rules(system, environment, sites.site(system, environment).region());
    }

    private List<CalendarRule> rules(String system, String environment, Optional<String> region) {
        return jdbc
                .sql(SELECT + " and (system_key is null or system_key = ?)"
                        + " and (environment_key is null or environment_key = ?) order by name, id")
                .params(system, environment)
                .query(Calendars::rule)
                .list()
                .stream()
                .filter(rule -> rule.region().isEmpty() || rule.region().equals(region))
                .toList();
    }

    /** What clocks do to the times of an environment within a stretch of time. */
    @Transactional(readOnly = true)
    public List<String> warnings(String system, String environment, TimeSpan range) {
        return rules(system, environment).stream()
                .flatMap(rule -> rule.time().expand(rule.kind(), range).warnings().stream()
                        .map(warning -> rule.name() + ": " + warning))
                .distinct()
                .limit(20)
                .toList();
    }

    /** Denied times of an environment from a moment on, the next first. */
    @Transactional(readOnly = true)
    public List<Occurrence> denied(String system, String environment, TimeSpan range, int most) {
        return rules(system, environment).stream()
                .filter(rule -> rule.kind() == Kind.DENY)
                .flatMap(rule -> occurrences(rule, range).limit(most))
                .sorted(Comparator.comparing(occurrence -> occurrence.span().start()))
                .limit(most)
                .toList();
    }

    /** What stands against a stretch of time in an environment. */
    @Transactional(readOnly = true)
    public List<Met> against(String system, String environment, TimeSpan span) {
        return against(rules(system, environment), span);
    }

    /** What stands against a stretch of time in one region that an environment serves. */
    @Transactional(readOnly = true)
    public List<Met> against(String system, String environment, Optional<String> region, TimeSpan span) {
        return against(rules(system, environment, region), span);
    }

    private static List<Met> against(List<CalendarRule> rules, TimeSpan span) {
        List<Met> met = new ArrayList<>();
        for (CalendarRule rule : rules) {
            if (rule.kind() == Kind.DENY) {
                occurrences(rule, span)
                        .findFirst()
                        .ifPresent(found -> met.add(new Met(
                                rule.id().toString(),
                                "the denied time '" + rule.name() + "' (" + found.from() + " to " + found.to() + ")")));
            }
        }
        if (rules.stream().anyMatch(rule -> rule.kind() == Kind.ALLOW)
                && allowed(rules, span).stream()
                        .noneMatch(free -> !span.start().isBefore(free.start())
                                && !span.end().isAfter(free.end()))) {
            met.add(new Met(NOT_ALLOWED, notAllowed(rules, span)));
        }
        return met;
    }

    private static String notAllowed(List<CalendarRule> rules, TimeSpan span) {
        Duration length = Duration.between(span.start(), span.end());
        return "no allowed time that covers it; the next allowed time is "
                + allowed(rules, new TimeSpan(span.start(), span.start().plus(HORIZON))).stream()
                        .filter(free -> !free.start().isBefore(span.start())
                                && Duration.between(free.start(), free.end()).compareTo(length) >= 0)
                        .findFirst()
                        .map(free -> TimeSpan.readable(free.start()) + " to " + TimeSpan.readable(free.end()))
                        .orElse("not within " + HORIZON.toDays() + " days");
    }

    /** Allowed times that a stretch of time meets, those that touch made one. */
    private static List<TimeSpan> allowed(List<CalendarRule> rules, TimeSpan range) {
        List<TimeSpan> merged = new ArrayList<>();
        rules.stream()
                .filter(rule -> rule.kind() == Kind.ALLOW)
                .flatMap(rule -> occurrences(rule, range))
                .map(Occurrence::span)
                .sorted(Comparator.comparing(TimeSpan::start))
                .forEach(span -> {
                    TimeSpan last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last != null && !span.start().isAfter(last.end())) {
                        Instant end = span.end().isAfter(last.end()) ? span.end() : last.end();
                        merged.set(merged.size() - 1, new TimeSpan(last.start(), end));
                    } else {
                        merged.add(span);
                    }
                });
        return merged;
    }

    /** Moments from which a stretch of time may become possible in an environment: where a denied time ends or an allowed one starts. */
    @Transactional(readOnly = true)
    public List<Instant> turns(String system, String environment, TimeSpan range) {
        return rules(system, environment).stream()
                .flatMap(rule -> occurrences(rule, range)
                        .map(found -> rule.kind() == Kind.DENY
                                ? found.span().end()
                                : found.span().start()))
                .filter(range::contains)
                .distinct()
                .sorted()
                .limit(400)
                .toList();
    }

    static Map<String, Object> facts(CalendarRule rule) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", rule.id().toString());
        facts.put("kind", rule.kind().name());
        facts.put("name", rule.name());
        facts.put("scope", rule.scope());
        facts.put("rule", rule.text());
        return facts;
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static CalendarRule rule(ResultSet row, int index) throws SQLException {
        return new CalendarRule(
                StoredIds.uuid(row.getBytes("id")),
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                Optional.ofNullable(row.getString("system_key")),
                Optional.ofNullable(row.getString("environment_key")),
                Optional.ofNullable(row.getString("region")),
                row.getString("rule_text"),
                row.getString("entered_by"),
                row.getObject("entered_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
