package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which release holds an environment; the primary key lets one in at a time, also from two nodes at once. A release that has ended, or
 * whose process is gone, holds nothing: the next one takes over what it left.
 */
@Service
public class EnvironmentBookings {

    private final JdbcClient jdbc;
    private final ReleaseRepository releases;
    private final RuntimeService runtime;
    private final EngineAccess access;
    private final Settings settings;
    private final Clock clock;
    private final AuditTrail audit;
    private final EnvironmentSites sites;
    private final ObjectProvider<PlannedUse> planned;

    EnvironmentBookings(
            JdbcClient jdbc,
            ReleaseRepository releases,
            @Lazy RuntimeService runtime,
            EngineAccess access,
            Settings settings,
            Clock clock,
            AuditTrail audit,
            EnvironmentSites sites,
            ObjectProvider<PlannedUse> planned) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.runtime = runtime;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
        this.audit = audit;
        this.sites = sites;
        this.planned = planned;
    }

    /**
     * How releases wait for each other.
     *
     * @param again time until a release that found an environment taken asks again
     */
    @ConfigurationProperties("slipway.bookings")
    public record Settings(@DefaultValue("PT1M") Duration again) {}

    /**
     * What became of a wish to book.
     *
     * @param free whether the release holds the environment now
     * @param again when to ask again if it does not
     */
    public record Answer(boolean free, Instant again) {}

    /**
     * Takes an environment for a release, if no other holds it and it is not full of what others have booked ahead for this moment;
     * taking what the release holds already changes nothing. Two releases never deploy to one environment at the same time, whatever
     * its capacity is.
     */
    @Transactional
    public Answer book(Release release, String environment) {
        sites.lock(release.system(), environment);
        Optional<Release> holder = booked(release.system(), environment);
        if (holder.isEmpty() || !holder.get().key().equals(release.key())) {
            Instant now = clock.instant();
            Optional<Instant> full = planned.stream()
                    .flatMap(use -> use.fullUntil(release, environment, now).stream())
                    .max(Comparator.naturalOrder());
            if (full.isPresent()) {
                Instant again = now.plus(settings.again());
                return new Answer(false, full.get().isAfter(again) ? again : full.get());
            }
        }
        boolean free = holder.isEmpty()
                ? insert(release, environment)
                : holder.get().key().equals(release.key()) || takeOver(holder.get(), release, environment);
        return new Answer(free, clock.instant().plus(settings.again()));
    }

    private boolean insert(Release release, String environment) {
        try {
            jdbc.sql(
                            "insert into environment_booking (system_key, environment_key, release_id, booked_at) values (?, ?, ?, ?)")
                    .params(release.system(), environment, StoredIds.bytes(release), Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException somebodyWasFaster) {
            return false;
        }
        audit.record(AuditTrail.Entry.of(
                release.id(), "environment.book", environment, Map.of(), Map.of("release", release.key())));
        return true;
    }

    private boolean takeOver(Release left, Release release, String environment) {
        if (!left.state().ended() && !ProcessInstances.isGone(left, access, runtime)) {
            return false;
        }
        int taken = jdbc.sql("update environment_booking set release_id = ?, booked_at = ?"
                        + " where system_key = ? and environment_key = ? and release_id = ?")
                .params(
                        StoredIds.bytes(release),
                        Timestamp.from(clock.instant()),
                        release.system(),
                        environment,
                        StoredIds.bytes(left.id()))
                .update();
        if (taken > 0) {
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "environment.takeOver",
                    environment,
                    Map.of("release", left.key()),
                    Map.of("release", release.key())));
        }
        return taken > 0;
    }

    private Optional<Release> booked(String system, String environment) {
        return jdbc.sql("select r.release_key from environment_booking b join slipway_release r on r.id = b.release_id"
                        + " where b.system_key = ? and b.environment_key = ?")
                .params(system, environment)
                .query(String.class)
                .optional()
                .flatMap(releases::findByKey);
    }

    /** Gives an environment back; giving back what is not held changes nothing. */
    @Transactional
    public void giveBack(Release release, String environment) {
        int removed = jdbc.sql(
                        "delete from environment_booking where system_key = ? and environment_key = ? and release_id = ?")
                .params(release.system(), environment, StoredIds.bytes(release))
                .update();
        if (removed > 0) {
            audit.record(AuditTrail.Entry.of(
                    release.id(), "environment.giveBack", environment, Map.of("release", release.key()), Map.of()));
        }
    }

    /** Gives back everything that a release holds, when it ends. */
    @Transactional
    public void giveBackAll(Release release) {
        jdbc.sql("select environment_key from environment_booking where release_id = ?")
                .param(StoredIds.bytes(release))
                .query(String.class)
                .list()
                .forEach(environment -> giveBack(release, environment));
    }

    /** Key of the release that holds an environment; one that has ended holds nothing. */
    @Transactional(readOnly = true)
    public Optional<String> holder(String system, String environment) {
        return booked(system, environment)
                .filter(release -> !release.state().ended())
                .map(Release::key);
    }

    /** An environment of a system. */
    public record Place(String system, String environment) {}

    /** Keys of the releases that hold these environments, all of them in one statement; free ones are left out. */
    @Transactional(readOnly = true)
    public Map<Place, String> holders(Collection<Place> places) {
        Map<Place, String> holders = new HashMap<>();
        if (!places.isEmpty()) {
            jdbc.sql("select b.system_key, b.environment_key, r.release_key, r.state from environment_booking b"
                            + " join slipway_release r on r.id = b.release_id where b.system_key in (:systems)")
                    .param("systems", places.stream().map(Place::system).collect(Collectors.toSet()))
                    .query(row -> {
                        Place place = new Place(row.getString(1), row.getString(2));
                        if (places.contains(place)
                                && !ReleaseState.valueOf(row.getString(4)).ended()) {
                            holders.put(place, row.getString(3));
                        }
                    });
        }
        return holders;
    }
}
