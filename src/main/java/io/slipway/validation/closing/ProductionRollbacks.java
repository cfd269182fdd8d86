package io.slipway.validation.closing;

import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Remembers that production was put back, so that nobody calls the release a plain success afterwards. */
@Component
class ProductionRollbacks {

    private final JdbcClient jdbc;
    private final Clock clock;

    ProductionRollbacks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        if (changed.release().state() == ReleaseState.ROLLING_BACK) {
            jdbc.sql("insert into production_rollback (release_id, begun_at) values (?, ?)")
                    .params(
                            StoredIds.bytes(changed.release()),
                            LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .update();
        }
    }

    /** How often production was put back in this release. */
    long count(Release release) {
        return jdbc.sql("select count(*) from production_rollback where release_id = ?")
                .param(StoredIds.bytes(release))
                .query(Long.class)
                .single();
    }
}
