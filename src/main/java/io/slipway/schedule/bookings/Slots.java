package io.slipway.schedule.bookings;

import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.EnvironmentSites.Site;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.PlannedUse;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import io.slipway.schedule.TimeSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Books environments ahead. Whoever decides holds the row of the environment until the end of the transaction, so that never more use it
 * than its capacity allows, also from two nodes at once.
 */
@Service
public class Slots implements PlannedUse {

    private static final int FREE = 3;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final String SELECT = "select id, system_key, environment_key, release_key, starts_at, ends_at,"
            + " blocked_from, blocked_until, purpose, booked_by from booking_slot";

    private final JdbcClient jdbc;
    private final EnvironmentSites sites;
    private final EnvironmentBookings bookings;
    private final Landscape landscape;
    private final Permissions permissions;
    private final BookingSettings settings;
    private final AuditTrail audit;
    private final Clock clock;

    Slots(
            JdbcClient jdbc,
            EnvironmentSites sites,
            @org.springframework.context.annotation.Lazy EnvironmentBookings bookings,
            Landscape landscape,
            Permissions permissions,
            BookingSettings settings,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.sites = sites;
        this.bookings = bookings;
        this.landscape = landscape;
        this.permissions = permissions;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Books a time; asking again for what is booked already changes nothing.
     *
     * @throws SlotTaken when the environment is full then
     * @throws Refused when the time is over or too long, or the release has ended
     * @throws NotFound when the system has no such environment
     */
    @Transactional(noRollbackFor = SlotTaken.class)
    public Slot book(Release release, String person, WishedSlot wish) {
        requireBooker(release, person);
        check(release, wish);
        sites.lock(release.system(), wish.environment());
        String key = key(release, wish);
        Optional<Slot> before = jdbc.sql(SELECT + " where booking_key = ?")
                .param(key)
                .query(Slots::slot)
                .optional();
        if (before.isPresent()) {
            return same(before.get(), wish);
        }
        Occupancy occupancy = occupancy(release, wish.environment(), List.of());
        if (!hasRoom(release, wish.environment(), wish.span())) {
            throw taken(release, wish, occupancy);
        }
        return insert(release, person, wish, key, occupancy);
    }

    /** Lets those pass who may book for a release. */
    public void requireBooker(Release release, String person) {
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.QA, Role.OPERATIONS);
    }

    /** Lets those pass who may book for any release. */
    public void requireBooker(String person) {
        permissions.require(person, Role.RELEASE_MANAGER, Role.QA, Role.OPERATIONS);
    }

    /** Whether a person may book. */
    public boolean mayBook(String person) {
        return permissions.has(person, Role.RELEASE_MANAGER, Role.QA, Role.OPERATIONS);
    }

    private void check(Release release, WishedSlot wish) {
        if (release.state().ended()) {
            throw new Refused("release", release.key() + " has ended and needs no environment.");
        }
        if (wish.purpose().isBlank() || wish.purpose().length() > 300) {
            throw new Refused("purpose", "Please say in 1 to 300 characters what the environment is needed for.");
        }
        if (!wish.span().end().isAfter(clock.instant())) {
            throw new Refused("end", "That time is over; please choose a later one.");
        }
        if (wish.span().start().isAfter(clock.instant().plus(Occupancy.HORIZON.multipliedBy(4)))
                || Duration.between(wish.span().start(), wish.span().end()).compareTo(LONGEST) > 0) {
            throw new Refused(
                    "end", "An environment is booked for at most " + LONGEST.toDays() + " days, and within a year.");
        }
        landscape.environment(release.system(), wish.environment());
    }

    private static Slot same(Slot booked, WishedSlot wish) {
        if (!booked.span().equals(wish.span()) || !booked.environment().equals(wish.environment())) {
            throw new Refused("key", "That key was used for another booking; please use a key of its own for each.");
        }
        return booked;
    }

    private static String key(Release release, WishedSlot wish) {
        String own = wish.key()
                .orElse(wish.environment() + "/" + wish.span().start() + "/"
                        + wish.span().end());
        OneLine.require("key", own);
        if (own.length() > 100) {
            throw new Refused("key", "The key of a booking has at most 100 characters.");
        }
        return release.id() + "/" + own.substring(0, Math.min(own.length(), 128 - 37));
    }

    /** What blocks an environment from now on, without some bookings. */
    Occupancy occupancy(Release release, String environment, List<UUID> without) {
        Site site = sites.site(release.system(), environment);
        return new Occupancy(site, busy(release, environment, open(release.system(), environment), without));
    }

    private List<TimeSpan> busy(Release release, String environment, List<Slot> slots, List<UUID> without) {
        List<TimeSpan> busy = slots.stream()
                .filter(slot -> !without.contains(slot.id()))
                .map(Slot::blocked)
                .collect(Collectors.toCollection(ArrayList::new));
        bookings.holder(release.system(), environment)
                .filter(holder -> !holder.equals(release.key()))
                .ifPresent(holder ->
                        busy.add(new TimeSpan(clock.instant(), clock.instant().plus(settings.usualUse()))));
        return busy;
    }

    /**
     * Whether one more may use an environment in a time. All bookings that the time meets are asked for, however many lie before them; the
     * caller holds the environment.
     */
    boolean hasRoom(Release release, String environment, TimeSpan span) {
        Site site = sites.site(release.system(), environment);
        Occupancy near = new Occupancy(
                site,
                busy(
                        release,
                        environment,
                        meeting(
                                release.system(),
                                environment,
                                new Occupancy(site, List.of()).blocked(span),
                                Integer.MAX_VALUE),
                        List.of()));
        return near.hasRoom(span);
    }

    /** Bookings that meet a time; compared here once more, because a database that keeps whole seconds tells too many. */
    private List<Slot> meeting(String system, String environment, TimeSpan blocked, int most) {
        Instant whole = blocked.end().truncatedTo(ChronoUnit.SECONDS);
        Instant end = whole.equals(blocked.end()) ? whole : whole.plusSeconds(1);
        return jdbc
                .sql(SELECT
                        + " where system_key = ? and environment_key = ? and blocked_until > ? and blocked_from < ?"
                        + " order by starts_at, id limit ?")
                .params(system, environment, local(blocked.start()), local(end), most)
                .query(Slots::slot)
                .list()
                .stream()
                .filter(slot -> slot.blocked().meets(blocked))
                .toList();
    }

    /** Bookings of an environment that are not over, the next first; at most a thousand, for proposals and not for decisions. */
    List<Slot> open(String system, String environment) {
        return jdbc.sql(SELECT + " where system_key = ? and environment_key = ? and blocked_until > ?"
                        + " order by starts_at, id limit 1000")
                .params(system, environment, local(clock.instant()))
                .query(Slots::slot)
                .list();
    }

    /** Bookings that a wished time meets. */
    List<Slot> overlapping(Release release, WishedSlot wish) {
        TimeSpan wanted =
                new Occupancy(sites.site(release.system(), wish.environment()), List.of()).blocked(wish.span());
        return meeting(release.system(), wish.environment(), wanted, 1_000);
    }

    private SlotTaken taken(Release release, WishedSlot wish, Occupancy occupancy) {
        List<Slot> overlapping = overlapping(release, wish);
        List<TimeSpan> free = occupancy.nextFree(wish.span(), FREE);
        String who = overlapping.isEmpty()
                ? bookings.holder(release.system(), wish.environment()).orElse("another release") + " (deploys now)"
                : overlapping.stream()
                        .limit(10)
                        .map(slot -> slot.release() + " (" + readable(slot.span(), occupancy.site()) + ")")
                        .collect(Collectors.joining(", "));
        String next = free.isEmpty()
                ? "nothing is free within " + Occupancy.HORIZON.toDays() + " days"
                : "next free: "
                        + free.stream()
                                .map(span -> readable(span, occupancy.site()))
                                .collect(Collectors.joining("; "));
        return new SlotTaken(wish.environment() + " is taken then by " + who + "; " + next + ".", overlapping, free);
    }

    /** A time as the people at the place read it. */
    static String readable(TimeSpan span, Site site) {
        return TimeSpan.readable(span.start(), site.zone()) + " to " + TimeSpan.readable(span.end(), site.zone());
    }

    private Slot insert(Release release, String person, WishedSlot wish, String key, Occupancy occupancy) {
        TimeSpan blocked = occupancy.blocked(wish.span());
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into booking_slot (id, booking_key, system_key, environment_key, release_id, release_key,"
                        + " starts_at, ends_at, blocked_from, blocked_until, purpose, booked_by, booked_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(id),
                        key,
                        release.system(),
                        wish.environment(),
                        StoredIds.bytes(release),
                        release.key(),
                        local(wish.span().start()),
                        local(wish.span().end()),
                        local(blocked.start()),
                        local(blocked.end()),
                        wish.purpose().strip(),
                        person,
                        local(clock.instant()))
                .update();
        Slot slot = new Slot(
                id,
                release.system(),
                wish.environment(),
                release.key(),
                wish.span(),
                blocked,
                wish.purpose().strip(),
                person);
        audit.record(AuditTrail.Entry.of(release.id(), "schedule.bookSlot", wish.environment(), Map.of(), facts(slot)));
        return slot;
    }

    /** Moves a booking to another time of the same length; the caller holds the environment. */
    void move(Slot slot, TimeSpan span) {
        Occupancy plain = new Occupancy(sites.site(slot.system(), slot.environment()), List.of());
        TimeSpan blocked = plain.blocked(span);
        jdbc.sql("update booking_slot set starts_at = ?, ends_at = ?, blocked_from = ?, blocked_until = ? where id = ?")
                .params(
                        local(span.start()),
                        local(span.end()),
                        local(blocked.start()),
                        local(blocked.end()),
                        StoredIds.bytes(slot.id()))
                .update();
        Slot moved = new Slot(
                slot.id(),
                slot.system(),
                slot.environment(),
                slot.release(),
                span,
                blocked,
                slot.purpose(),
                slot.bookedBy());
        audit.record(
                new AuditTrail.Entry(Optional.empty(), "schedule.moveSlot", slot.release(), facts(slot), facts(moved)));
    }

    /**
     * Gives a booking back.
     *
     * @throws Refused when no reason is given
     * @throws NotPermitted when somebody else booked it, and the person is neither release manager nor operations
     * @throws NotFound when there is none with this id that the person may know of
     */
    @Transactional
    public void giveBack(String person, UUID id, String reason) {
        requireBooker(person);
        if (reason.isBlank() || reason.length() > 1000) {
            throw new Refused("reason", "Please say in 1 to 1000 characters why the booking is given back.");
        }
        Slot slot = find(id).orElseThrow(() -> new NotFound("booking", id.toString()));
        boolean own = slot.bookedBy().equals(person);
        if (!own
                && !permissions.reader(person).has(slot.system(), Role.RELEASE_MANAGER)
                && !permissions.reader(person).has(slot.system(), Role.OPERATIONS)) {
            throw new NotPermitted(
                    "A booking is given back by whoever made it, by a release manager or by operations.");
        }
        jdbc.sql("delete from booking_slot where id = ?")
                .param(StoredIds.bytes(id))
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "schedule.giveBackSlot",
                slot.release(),
                facts(slot),
                Map.of("reason", reason.strip())));
    }

    /** One booking. */
    @Transactional(readOnly = true)
    public Optional<Slot> find(UUID id) {
        return jdbc.sql(SELECT + " where id = ?")
                .param(StoredIds.bytes(id))
                .query(Slots::slot)
                .optional();
    }

    /** Whoever has ended needs nothing any more. */
    @EventListener
    void ended(ReleaseStateChanged change) {
        if (change.release().state().ended()) {
            jdbc.sql("delete from booking_slot where release_id = ? and ends_at > ?")
                    .params(StoredIds.bytes(change.release().id()), local(clock.instant()))
                    .update();
        }
    }

    /** Bookings that are not over and that a reader may know of, the one that ends next first. */
    @Transactional(readOnly = true)
    public Page<Slot> list(Reader reader, Pageable page) {
        List<String> systems = reader.readsAll()
                ? landscape.systems().stream().map(system -> system.key()).toList()
                : reader.systems().stream().sorted().toList();
        if (systems.isEmpty()) {
            return Page.empty(page);
        }
        // By the end, because what is over would have to be read before what is ahead in the order of the beginnings.
        String ahead = " use index (booking_slot_ahead) where ends_at > :now and system_key in (:systems)";
        LocalDateTime now = local(clock.instant());
        List<Slot> slots = jdbc.sql(SELECT + ahead + " order by ends_at, starts_at, id limit :limit offset :offset")
                .param("now", now)
                .param("systems", systems)
                .param("limit", page.getPageSize())
                .param("offset", page.getOffset())
                .query(Slots::slot)
                .list();
        long total = jdbc.sql(ListTotal.sql("from booking_slot" + ahead, page))
                .param("now", now)
                .param("systems", systems)
                .query(Long.class)
                .single();
        return new PageImpl<>(slots, page, total);
    }

    /** Bookings of a release, the next first; at most a hundred. */
    @Transactional(readOnly = true)
    public List<Slot> of(Release release) {
        return jdbc.sql(SELECT + " where release_id = ? order by starts_at limit 100")
                .param(StoredIds.bytes(release))
                .query(Slots::slot)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instant> fullUntil(Release release, String environment, Instant moment) {
        Site site = sites.site(release.system(), environment);
        List<Slot> now =
                meeting(release.system(), environment, new TimeSpan(moment, moment.plusNanos(1_000)), 1_000).stream()
                        .filter(slot -> slot.blocked().contains(moment))
                        .toList();
        if (now.size() < site.capacity()
                || now.stream().anyMatch(slot -> slot.release().equals(release.key()))) {
            return Optional.empty();
        }
        return now.stream().map(slot -> slot.blocked().end()).min(Comparator.naturalOrder());
    }

    private static Map<String, Object> facts(Slot slot) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("environment", slot.system() + "/" + slot.environment());
        facts.put("release", slot.release());
        facts.put("start", slot.span().start().toString());
        facts.put("end", slot.span().end().toString());
        facts.put("purpose", slot.purpose());
        return facts;
    }

    static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    static TimeSpan span(ResultSet row, String from, String until) throws SQLException {
        return new TimeSpan(
                row.getObject(from, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getObject(until, LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static Slot slot(ResultSet row, int index) throws SQLException {
        return new Slot(
                StoredIds.uuid(row.getBytes("id")),
                row.getString("system_key"),
                row.getString("environment_key"),
                row.getString("release_key"),
                span(row, "starts_at", "ends_at"),
                span(row, "blocked_from", "blocked_until"),
                row.getString("purpose"),
                row.getString("booked_by"));
    }
}
