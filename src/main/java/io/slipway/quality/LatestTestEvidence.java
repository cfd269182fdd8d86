package io.slipway.quality;

import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import io.slipway.release.StoredIds;
import io.slipway.release.TestEvidence;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers from the report of tests that was handed in last for any gate of the release. */
@Component
class LatestTestEvidence implements TestEvidence {

    private final JdbcClient jdbc;
    private final SealedPackages packages;

    LatestTestEvidence(JdbcClient jdbc, SealedPackages packages) {
        this.jdbc = jdbc;
        this.packages = packages;
    }

    @Override
    public Optional<Finding> latest(Release release) {
        Optional<String> present = packages.present(release).map(SealedPackage::digest);
        return jdbc.sql("select name, environment_key, tests_total, tests_failed, supplied_at, package_digest from"
                        + " gate_evidence where release_id = ? and kind = 'TESTS' order by seq desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, i) -> new Finding(
                        row.getInt(3) > 0 && row.getInt(4) == 0,
                        row.getInt(4) + " of " + row.getInt(3) + " tests failed in " + row.getString(2) + " ("
                                + row.getString(1) + ").",
                        row.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        present.equals(Optional.of(row.getString(6)))))
                .optional();
    }
}
