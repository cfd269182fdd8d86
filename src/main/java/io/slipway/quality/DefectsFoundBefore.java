package io.slipway.quality;

import io.slipway.release.DefectCounts;
import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the distinct tests that failed in the evidence of a release, and the findings of its scans that two people called true. */
@Component
class DefectsFoundBefore implements DefectCounts {

    private final JdbcClient jdbc;

    DefectsFoundBefore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Found found() {
        return Found.BEFORE;
    }

    @Override
    public Optional<Long> count(Release release) {
        byte[] id = StoredIds.bytes(release);
        long reports = jdbc.sql("select count(*) from gate_evidence where release_id = ?")
                .param(id)
                .query(Long.class)
                .single();
        if (reports == 0) {
            return Optional.empty();
        }
        long failed = jdbc
                .sql("select failures from gate_evidence where release_id = ? and tests_failed > 0")
                .param(id)
                .query(String.class)
                .list()
                .stream()
                .flatMap(String::lines)
                .filter(test -> !test.isBlank())
                .distinct()
                .count();
        long findings = jdbc.sql("select count(distinct f.id) from gate_evidence e"
                        + " join finding_sighting s on s.evidence_seq = e.seq join finding f on f.id = s.finding_id"
                        + " where e.release_id = ? and f.triage_state = 'CONFIRMED'")
                .param(id)
                .query(Long.class)
                .single();
        return Optional.of(failed + findings);
    }
}
