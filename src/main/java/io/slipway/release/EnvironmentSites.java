package io.slipway.release;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the places are like in which systems run: how many may use one at once, and where on earth it is. */
@Service
public class EnvironmentSites {

    private final JdbcClient jdbc;

    private final AtomicInteger descriptions = new AtomicInteger();

    EnvironmentSites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one place is like.
     *
     * @param capacity releases that may use it at the same time, at least 1
     * @param setUp time that it is blocked before it is used
     * @param tearDown time that it is blocked afterwards
     * @param zone where it is; the zone in which the people there read the time
     * @param region part of the world that calendars name; empty when it belongs to none
     */
    public record Site(int capacity, Duration setUp, Duration tearDown, ZoneId zone, Optional<String> region) {

        /** Of what nothing is said. */
        public static final Site PLAIN = new Site(1, Duration.ZERO, Duration.ZERO, ZoneOffset.UTC, Optional.empty());

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException when the capacity is below 1 or a time is negative
         */
        public Site {
            if (capacity < 1 || setUp.isNegative() || tearDown.isNegative()) {
                throw new IllegalArgumentException(
                        "An environment is used by at least one release, and set-up and tear-down take no negative time");
            }
        }
    }

    /** What a place is like; a plain one where nothing is said. */
    @Transactional(readOnly = true)
    public Site site(String system, String environment) {
        return jdbc.sql("select capacity, set_up_seconds, tear_down_seconds, zone, region from environment_site"
                        + " where system_key = ? and environment_key = ?")
                .params(system, environment)
                .query((row, index) -> new Site(
                        row.getInt("capacity"),
                        Duration.ofSeconds(row.getLong("set_up_seconds")),
                        Duration.ofSeconds(row.getLong("tear_down_seconds")),
                        ZoneId.of(row.getString("zone")),
                        Optional.ofNullable(row.getString("region"))))
                .optional()
                .orElse(Site.PLAIN);
    }

    /** The zone of the place where the system of a release is used; empty where nothing is said about it. */
    @Transactional(readOnly = true)
    public Optional<ZoneId> productionZone(ReleaseId release) {
        return production("r.id = ?", StoredIds.bytes(release));
    }

    /** The zone of the place where the system of a release is used, by the key of the release. */
    @Transactional(readOnly = true)
    public Optional<ZoneId> productionZone(String releaseKey) {
        return production("r.release_key = ?", releaseKey);
    }

    private Optional<ZoneId> production(String which, Object release) {
        return jdbc
                .sql("select s.zone from slipway_release r"
                        + " join environment e on e.system_key = r.system_key and e.tier = 'PRODUCTION'"
                        + " join environment_site s on s.system_key = e.system_key"
                        + " and s.environment_key = e.environment_key where " + which + " order by e.route_position")
                .param(release)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .map(ZoneId::of);
    }

    /** Counts how often a place was described by this node, so that who remembers something of places sees that it is old. */
    public int descriptions() {
        return descriptions.get();
    }

    /** Says what a place is like, in place of what was said before. */
    @Transactional
    public void describe(String system, String environment, Site site) {
        descriptions.incrementAndGet();
        if (update(system, environment, site) > 0) {
            return;
        }
        try {
            jdbc.sql("insert into environment_site (capacity, set_up_seconds, tear_down_seconds, zone, region,"
                            + " system_key, environment_key) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(values(system, environment, site))
                    .update();
        } catch (DuplicateKeyException somebodyWasFaster) {
            update(system, environment, site);
        }
    }

    private int update(String system, String environment, Site site) {
        return jdbc.sql("update environment_site set capacity = ?, set_up_seconds = ?, tear_down_seconds = ?,"
                        + " zone = ?, region = ? where system_key = ? and environment_key = ?")
                .params(values(system, environment, site))
                .update();
    }

    private static Object[] values(String system, String environment, Site site) {
        return new Object[] {
            site.capacity(),
            site.setUp().toSeconds(),
            site.tearDown().toSeconds(),
            site.zone().getId(),
            site.region().orElse(null),
            system,
            environment
        };
    }

    /** Lets one transaction at a time decide who uses a place, from here to its end; also from two nodes. */
    @Transactional
    public void lock(String system, String environment) {
        boolean missing = jdbc.sql(
                        "select environment_key from environment where system_key = ? and environment_key = ? for update")
                .params(system, environment)
                .query(String.class)
                .list()
                .isEmpty();
        if (missing) {
            throw new NotFound("environment", system + "/" + environment);
        }
    }
}
