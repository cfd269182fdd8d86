package io.slipway.governance.reports;

import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.SourceCommits;
import io.slipway.release.StoredIds;
import io.slipway.release.Urgency;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes down what happens in production while it happens, each fact in the transaction of the state that it follows from: that a release
 * went live, that it had to be taken back, that production was well again.
 */
@Component
class DeploymentFacts {

    private final JdbcClient jdbc;
    private final ObjectProvider<SourceCommits> commits;
    private final Clock clock;

    DeploymentFacts(JdbcClient jdbc, ObjectProvider<SourceCommits> commits, Clock clock) {
        this.jdbc = jdbc;
        this.commits = commits;
        this.clock = clock;
    }

    /** Follows a release through production. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        Release release = changed.release();
        Instant now = clock.instant();
        if (release.state() == ReleaseState.VALIDATING && changed.before() == ReleaseState.DEPLOYING) {
            deployed(release, now);
        }
        if (release.state() == ReleaseState.ROLLING_BACK) {
            if (changed.before() == ReleaseState.DEPLOYING) {
                deployed(release, now);
            }
            failed(release, now);
        } else if (changed.before() == ReleaseState.ROLLING_BACK) {
            recovered(release, now);
        }
        if (release.outcome().filter(ReleaseOutcome.UNSUCCESSFUL::equals).isPresent()) {
            failed(release, now);
        }
    }

    private void deployed(Release release, Instant now) {
        Optional<Instant> committed = commits.stream()
                .findFirst()
                .flatMap(source -> source.oldest(release))
                .filter(now::isAfter);
        Instant begun = committed.orElse(release.requestedAt());
        int number = jdbc.sql("select count(*) from deployment_fact where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Integer.class)
                        .single()
                + 1;
        jdbc.sql(
                        "insert into deployment_fact (release_id, release_key, system_key, deployment_no, unplanned, lead_from,"
                                + " lead_seconds, deployed_at, deployed_on) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        release.key(),
                        release.system(),
                        number,
                        release.urgency() == Urgency.EMERGENCY,
                        committed.isPresent() ? "COMMIT" : "REQUEST",
                        Math.max(0, Duration.between(begun, now).toSeconds()),
                        Timestamp.from(now),
                        now.atOffset(ZoneOffset.UTC).toLocalDate().toString())
                .update();
    }

    private void failed(Release release, Instant now) {
        latest(release)
                .ifPresent(id -> jdbc.sql("update deployment_fact set failed_at = ? where id = ? and failed_at is null")
                        .params(Timestamp.from(now), id)
                        .update());
    }

    private void recovered(Release release, Instant now) {
        latest(release).ifPresent(id -> {
            Instant failed = jdbc.sql("select failed_at from deployment_fact where id = ?")
                    .param(id)
                    .query(Timestamp.class)
                    .single()
                    .toInstant();
            jdbc.sql(
                            "update deployment_fact set recovered_at = ?, recovery_seconds = ? where id = ? and recovered_at is null")
                    .params(
                            Timestamp.from(now),
                            Math.max(0, Duration.between(failed, now).toSeconds()),
                            id)
                    .update();
        });
    }

    private Optional<Long> latest(Release release) {
        return jdbc.sql("select id from deployment_fact where release_id = ? order by deployment_no desc limit 1")
                .param(StoredIds.bytes(release))
                .query(Long.class)
                .optional();
    }
}
