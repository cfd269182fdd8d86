package io.slipway.quality;

import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import io.slipway.release.TestEvidence;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers from the report of tests that was handed in last for any gate of the release. */
@Component
class LatestTestEvidence implements TestEvidence {

    private final JdbcClient jdbc;

    LatestTestEvidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Finding> latest(Release release) {
        byte[] id = StoredIds.bytes(release);
        return jdbc.sql(
                        "select name, environment_key, tests_total, tests_failed from gate_evidence where release_id = ? order by seq desc limit 1")
                .param(id)
                .query((row, i) -> new Finding(
                        row.getInt(3) > 0 && row.getInt(4) == 0,
                        row.getInt(4) + " of " + row.getInt(3) + " tests failed in " + row.getString(2) + " ("
                                + row.getString(1) + ")."))
                .optional();
    }
}
