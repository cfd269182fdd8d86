package io.slipway.release;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which release holds an environment; the primary key lets one in at a time, also from two nodes at once. */
@Service
public class EnvironmentBookings {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AuditTrail audit;

    EnvironmentBookings(JdbcClient jdbc, Clock clock, AuditTrail audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Takes an environment for a release; taking what the release holds already changes nothing.
     *
     * @throws EnvironmentTaken while another release holds it; asking again later is the remedy
     */
    @Transactional(noRollbackFor = EnvironmentTaken.class)
    public void book(Release release, String environment) {
        if (heldByThis(release, environment)) {
            return;
        }
        try {
            jdbc.sql(
                            "insert into environment_booking (system_key, environment_key, release_id, booked_at) values (?, ?, ?, ?)")
                    .params(release.system(), environment, bytes(release.id()), Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new EnvironmentTaken(
                    environment, holder(release.system(), environment).orElse("another release"));
        }
        audit.record(AuditTrail.Entry.of(
                release.id(), "environment.book", environment, Map.of(), Map.of("release", release.key())));
    }

    /** Gives an environment back; giving back what is not held changes nothing. */
    @Transactional
    public void giveBack(Release release, String environment) {
        int removed = jdbc.sql(
                        "delete from environment_booking where system_key = ? and environment_key = ? and release_id = ?")
                .params(release.system(), environment, bytes(release.id()))
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
                .param(bytes(release.id()))
                .query(String.class)
                .list()
                .forEach(environment -> giveBack(release, environment));
    }

    /** Key of the release that holds an environment. */
    public Optional<String> holder(String system, String environment) {
        return jdbc.sql("select r.release_key from environment_booking b join slipway_release r on r.id = b.release_id"
                        + " where b.system_key = ? and b.environment_key = ?")
                .params(system, environment)
                .query(String.class)
                .optional();
    }

    private boolean heldByThis(Release release, String environment) {
        return holder(release.system(), environment)
                .filter(release.key()::equals)
                .isPresent();
    }

    private static byte[] bytes(ReleaseId id) {
        return java.nio.ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }

    /** Another release holds the environment. */
    public static class EnvironmentTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EnvironmentTaken(String environment, String holder) {
            super("The environment " + environment + " is held by " + holder
                    + "; this step is tried again until it is free.");
        }
    }
}
