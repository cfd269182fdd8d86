package io.slipway.demo.autopilot;

import io.slipway.demo.DemoTraffic;
import io.slipway.platform.security.People;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads from the database what became of a release. */
@Component
@Profile("demo")
class Summaries {

    /** Approvals of the last round: what was approved before it holds no more. */
    private static final String APPROVALS = """
            from approval_decision d join approval_round r on r.id = d.round_id
            where r.release_id = ? and d.decision = 'APPROVE'
              and r.round_no = (select max(l.round_no) from approval_round l where l.release_id = r.release_id)
            """;

    private final Releases releases;
    private final People people;
    private final JdbcClient jdbc;
    private final Evidence evidence;
    private final Clock clock;

    Summaries(Releases releases, People people, JdbcClient jdbc, Evidence evidence, Clock clock) {
        this.releases = releases;
        this.people = people;
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.clock = clock;
    }

    Summary.Line of(String key, ReleaseOutcome expected, Optional<DemoTraffic> traffic, String served) {
        Release release = releases.find(key).orElseThrow();
        Map<Part, List<String>> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            List<String> names = releases.involved(release.id(), part).stream()
                    .map(people::name)
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                parts.put(part, names);
            }
        }
        List<String> approvers = jdbc
                .sql("select distinct d.person_id " + APPROVALS)
                .param(StoredIds.bytes(release))
                .query(String.class)
                .list()
                .stream()
                .map(people::name)
                .sorted()
                .toList();
        // Whoever voted in a board has the part as well, and approved nothing.
        parts.remove(Part.APPROVER);
        if (!approvers.isEmpty()) {
            parts.put(Part.APPROVER, approvers);
        }
        return new Summary.Line(
                key,
                expected,
                release.outcome(),
                Duration.between(release.requestedAt(), release.endedAt().orElseGet(clock::instant)),
                release.releaseClass().map(Enum::name).orElse("none yet"),
                count(release, "select count(*) " + APPROVALS),
                parts,
                count(release, "select count(*) from deployment where release_id = ?"),
                count(release, "select count(*) from production_rollback where release_id = ?"),
                count(release, "select count(*) from audit_entry where release_id = ?"),
                traffic,
                served);
    }

    /** What releases touched of everything that Slipway can do. */
    List<Evidence.Touched> capabilities(List<String> keys) {
        return evidence.of(keys);
    }

    private int count(Release release, String sql) {
        return jdbc.sql(sql)
                .param(StoredIds.bytes(release))
                .query(Integer.class)
                .single();
    }
}
