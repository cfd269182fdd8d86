package io.slipway.schedule.bookings;

import io.slipway.release.AuditTrail;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.process.SettleBookingConflictProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Settles it when a release wants an environment while others have booked it: who gives way is decided by a release manager. */
@Service
public class Conflicts {

    private final JdbcClient jdbc;
    private final Slots slots;
    private final EnvironmentSites sites;
    private final Releases releases;
    private final SideProcesses sides;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Conflicts(
            JdbcClient jdbc,
            Slots slots,
            EnvironmentSites sites,
            Releases releases,
            SideProcesses sides,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.slots = slots;
        this.sites = sites;
        this.releases = releases;
        this.sides = sides;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who gives way. */
    public enum Settlement {
        MOVE_THIS,
        MOVE_OTHERS,
        WITHDRAW
    }

    /** What became of a settlement. */
    public enum Outcome {
        SETTLED,
        STILL_TAKEN
    }

    /**
     * A wish that met others.
     *
     * @param settlement how it is settled; null while it is not
     * @param finding what the last attempt found; empty before one
     */
    public record Conflict(
            UUID id,
            String release,
            WishedSlot wish,
            String askedBy,
            @Nullable Settlement settlement,
            @Nullable String settledBy,
            String finding) {}

    /**
     * One booking that has to move, and what that costs.
     *
     * @param release whose booking it is
     * @param from the time it has, or wants
     * @param to the time that was found for it
     */
    public record Move(String release, TimeSpan from, TimeSpan to) {

        /** How much later it is. */
        public Duration delay() {
            return Duration.between(from.start(), to.start());
        }
    }

    /**
     * What can be done now, from all open bookings of the environment.
     *
     * @param overlapping bookings that the wish meets
     * @param free next times for the wish if the others stay
     * @param moves where the others go if they give way; empty when that is not possible
     */
    public record Options(List<Slot> overlapping, List<TimeSpan> free, List<Move> moves) {}

    /**
     * Books a time, or lets a release manager settle it with those who have booked it.
     *
     * @return the booking; empty when it is being settled
     */
    @Transactional
    public Optional<Slot> bookOrSettle(Release release, String person, WishedSlot wish) {
        try {
            return Optional.of(slots.book(release, person, wish));
        } catch (SlotTaken taken) {
            open(release, person, wish);
            return Optional.empty();
        }
    }

    private void open(Release release, String person, WishedSlot wish) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into booking_conflict (id, system_key, environment_key, release_id, release_key, starts_at,"
                        + " ends_at, purpose, asked_by, asked_at, finding) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')")
                .params(
                        StoredIds.bytes(id),
                        release.system(),
                        wish.environment(),
                        StoredIds.bytes(release),
                        release.key(),
                        Slots.local(wish.span().start()),
                        Slots.local(wish.span().end()),
                        wish.purpose(),
                        person,
                        Slots.local(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "schedule.openBookingConflict",
                wish.environment(),
                Map.of(),
                Map.of(
                        "start",
                        wish.span().start().toString(),
                        "end",
                        wish.span().end().toString())));
        sides.start(
                release,
                SettleBookingConflictProcess.KEY,
                Map.of(SettleBookingConflictProcess.CONFLICT_ID.name(), id.toString()));
    }

    /** One wish, by id. */
    @Transactional(readOnly = true)
    public Conflict get(String id) {
        return jdbc.sql("select * from booking_conflict where id = ?")
                .param(StoredIds.bytes(UUID.fromString(id)))
                .query(Conflicts::conflict)
                .optional()
                .orElseThrow(() -> new Refused("There is no conflict of bookings " + id + "."));
    }

    /** What can be done now. */
    @Transactional(readOnly = true)
    public Options options(Release release, Conflict conflict) {
        List<Slot> overlapping = slots.overlapping(release, conflict.wish());
        Occupancy all = slots.occupancy(release, conflict.wish().environment(), List.of());
        return new Options(overlapping, all.nextFree(conflict.wish().span(), 3), moves(release, conflict, overlapping));
    }

    /** Where the others go, solved for all of them together, when this one takes the time that it wants. */
    private List<Move> moves(Release release, Conflict conflict, List<Slot> overlapping) {
        Occupancy rest = slots.occupancy(
                release,
                conflict.wish().environment(),
                overlapping.stream().map(Slot::id).toList());
        if (!rest.hasRoom(conflict.wish().span())) {
            return List.of();
        }
        List<TimeSpan> busy = new ArrayList<>(rest.busy());
        busy.add(rest.blocked(conflict.wish().span()));
        List<TimeSpan> found = new Occupancy(rest.site(), busy)
                .moved(overlapping.stream().map(Slot::span).toList());
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            moves.add(new Move(overlapping.get(i).release(), overlapping.get(i).span(), found.get(i)));
        }
        return moves;
    }

    /** Notes who gives way; it is done in the next step. */
    @Transactional
    public void settle(Release release, String id, String person, Settlement settlement) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        Conflict conflict = get(id);
        if (settlement == Settlement.MOVE_OTHERS
                && options(release, conflict).moves().isEmpty()) {
            throw new Refused("settlement", "The others cannot all be moved; please choose another settlement.");
        }
        jdbc.sql("update booking_conflict set settlement = ?, settled_by = ?, settled_at = ? where id = ?")
                .params(settlement.name(), person, Slots.local(clock.instant()), StoredIds.bytes(conflict.id()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "schedule.settleBookingConflict",
                conflict.wish().environment(),
                Map.of(),
                Map.of("settlement", settlement.name())));
    }

    /** Does what was settled, with the bookings as they are now; doing it again changes nothing. */
    @Transactional
    public Outcome apply(Release release, String id) {
        sites.lock(release.system(), get(id).wish().environment());
        Conflict conflict = get(id);
        Settlement settlement = Optional.ofNullable(conflict.settlement())
                .orElseThrow(() -> new Refused("Nobody has settled the conflict of " + release.key() + " yet."));
        if (settlement == Settlement.WITHDRAW || isApplied(conflict)) {
            return done(conflict, "");
        }
        Options options = options(release, conflict);
        TimeSpan span = conflict.wish().span();
        if (settlement == Settlement.MOVE_OTHERS) {
            for (int i = 0; i < options.moves().size(); i++) {
                slots.move(options.overlapping().get(i), options.moves().get(i).to());
            }
        } else if (!options.free().isEmpty()) {
            span = options.free().get(0);
        }
        WishedSlot wish = new WishedSlot(
                conflict.wish().environment(), span, conflict.wish().purpose(), Optional.of("conflict/" + id));
        if (!slots.hasRoom(release, wish.environment(), span)) {
            note(conflict, "The environment is still taken then; the bookings have changed meanwhile.");
            return Outcome.STILL_TAKEN;
        }
        slots.book(release, conflict.askedBy(), wish);
        return done(conflict, "Booked from " + span.start() + " to " + span.end() + ".");
    }

    /** Whoever has ended wants nothing any more. */
    @EventListener
    void ended(ReleaseStateChanged change) {
        if (change.release().state().ended()) {
            sides.end(change.release().key(), SettleBookingConflictProcess.KEY, "The release has ended");
        }
    }

    private boolean isApplied(Conflict conflict) {
        return jdbc.sql("select count(*) from booking_conflict where id = ? and applied_at is not null")
                        .param(StoredIds.bytes(conflict.id()))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Outcome done(Conflict conflict, String finding) {
        jdbc.sql("update booking_conflict set applied_at = coalesce(applied_at, ?) where id = ?")
                .params(Slots.local(clock.instant()), StoredIds.bytes(conflict.id()))
                .update();
        if (!finding.isEmpty()) {
            note(conflict, finding);
        }
        return Outcome.SETTLED;
    }

    private void note(Conflict conflict, String finding) {
        jdbc.sql("update booking_conflict set finding = ? where id = ?")
                .params(finding, StoredIds.bytes(conflict.id()))
                .update();
    }

    /** What it costs a release to move: how far it is, in the words that people read. */
    public Map<String, String> costs(List<Move> moves) {
        Map<String, String> costs = new LinkedHashMap<>();
        for (Move move : moves) {
            String progress = releases.find(move.release())
                    .map(release -> release.state().label().toLowerCase(java.util.Locale.ROOT))
                    .orElse("unknown");
            costs.put(move.release(), move.delay().toMinutes() + " minutes later (" + progress + ")");
        }
        return costs;
    }

    private static Conflict conflict(ResultSet row, int index) throws SQLException {
        String settlement = row.getString("settlement");
        return new Conflict(
                StoredIds.uuid(row.getBytes("id")),
                row.getString("release_key"),
                new WishedSlot(
                        row.getString("environment_key"),
                        Slots.span(row, "starts_at", "ends_at"),
                        row.getString("purpose"),
                        Optional.empty()),
                row.getString("asked_by"),
                settlement == null ? null : Settlement.valueOf(settlement),
                row.getString("settled_by"),
                row.getString("finding"));
    }
}
