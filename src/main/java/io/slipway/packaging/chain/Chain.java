package io.slipway.packaging.chain;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.packaging.HopObserver;
import io.slipway.packaging.PackageObstacle;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Rows;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Notices;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps every look at the bytes of a package. A look that finds other bytes is kept whatever becomes of the step that looked, opens an
 * incident, tells security, and stands against production until a later look at the same file finds the right bytes again.
 */
@Service
public class Chain implements HopObserver, PackageObstacle {

    /** Most looks that are told. */
    public static final int MOST = 500;

    private final JdbcClient jdbc;
    private final Packages packages;
    private final IncidentRegister incidents;
    private final Notices notices;
    private final AuditTrail audit;
    private final TransactionTemplate whateverComes;
    private final Clock clock;

    Chain(
            JdbcClient jdbc,
            @Lazy Packages packages,
            IncidentRegister incidents,
            Notices notices,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.packages = packages;
        this.incidents = incidents;
        this.notices = notices;
        this.audit = audit;
        this.whateverComes = new TransactionTemplate(transactions);
        this.whateverComes.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    public void hashed(
            Release release, int round, Hop hop, String place, String file, String expected, Optional<String> found) {
        boolean matched = found.filter(expected::equals).isPresent();
        if (matched) {
            insert(release, round, new HopRecord(hop, place, file, expected, found, true, clock.instant()));
            return;
        }
        // Whoever looked refuses now and takes its own transaction back; what it saw stays.
        whateverComes.executeWithoutResult(status -> {
            insert(release, round, new HopRecord(hop, place, file, expected, found, false, clock.instant()));
            alarm(
                    release,
                    round + "/" + file,
                    "The bytes of " + file + " in the package of " + release.key() + " are not what was handed in ("
                            + hop.label() + ", " + place + ").");
        });
    }

    /**
     * Opens a security incident about a package and tells those who look after security; once for each subject.
     *
     * @param subject what it is about, within the release
     * @param sentence what was found
     */
    public void alarm(Release release, String subject, String sentence) {
        String key = "SEC-" + Canonical.digest(List.of(release.key(), subject)).substring(0, 20);
        if (incidents.find(key).isEmpty()) {
            incidents.open(new NewIncident(
                    key,
                    release.system(),
                    Optional.empty(),
                    Incident.Priority.P2,
                    Rows.cut(sentence, 300),
                    clock.instant(),
                    Optional.of(release.key())));
            audit.record(AuditTrail.Entry.of(
                    release.id(), "packaging.openIncident", key, Map.of(), Map.of("finding", sentence)));
        }
        notices.tell(Notices.Notice.of(
                release,
                "integrity/" + key,
                "packaging.integrityBroken",
                Set.of(Role.SECURITY, Role.RELEASE_MANAGER, Role.INCIDENT_MANAGER),
                "The package of " + release.key() + " is not what it should be",
                List.of(
                        sentence,
                        "Production is not touched with it. The incident " + key + " was opened.",
                        "Please find out who changed the bytes, and restore them or hand the files in anew.")));
    }

    @Override
    public List<String> obstacles(Release release) {
        Map<String, HopRecord> last = new LinkedHashMap<>();
        packages.round(release).ifPresent(round -> of(release, round).forEach(look -> last.put(look.file(), look)));
        List<String> obstacles = new ArrayList<>();
        last.values().stream()
                .filter(look -> !look.matched())
                .forEach(look -> obstacles.add("The last look at " + look.file() + " of " + release.key() + " ("
                        + look.hop().label()
                        + ") found other bytes; please restore them, and let them be verified again."));
        return obstacles;
    }

    /** Looks at the files of a packaging, the oldest first; at most {@value #MOST}, the newest. */
    public List<HopRecord> of(Release release, int round) {
        List<HopRecord> newest = new ArrayList<>(
                jdbc.sql("select * from package_hop where release_id = ? and round_number = ? order by id desc limit "
                                + MOST)
                        .params(StoredIds.bytes(release), round)
                        .query(Chain::look)
                        .list());
        Collections.reverse(newest);
        return List.copyOf(newest);
    }

    private void insert(Release release, int round, HopRecord look) {
        jdbc.sql("insert into package_hop (release_id, round_number, hop, place, file_name, expected, found, matched,"
                        + " looked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        round,
                        look.hop().name(),
                        Rows.cut(look.place(), 200),
                        look.file(),
                        look.expected(),
                        look.found().orElse(null),
                        look.matched(),
                        Rows.moment(look.lookedAt()))
                .update();
    }

    private static HopRecord look(ResultSet row, int index) throws SQLException {
        return new HopRecord(
                Hop.valueOf(row.getString("hop")),
                row.getString("place"),
                row.getString("file_name"),
                row.getString("expected"),
                Optional.ofNullable(row.getString("found")),
                row.getBoolean("matched"),
                Rows.moment(row, "looked_at"));
    }
}
