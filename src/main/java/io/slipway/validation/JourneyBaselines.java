package io.slipway.validation;

import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.LiveSystems.Live;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Uses production the way its users do before a release touches it. The result is evidence only: what fails before is no fault of the
 * release, and what fails after is told in the light of it.
 */
@Service
public class JourneyBaselines {

    /** The model in which it runs. */
    public static final String PROCESS = "verify-baseline";

    private final JdbcClient jdbc;
    private final ValidationSettings settings;
    private final Landscape landscape;
    private final LiveSystems lives;
    private final FollowUps followUps;
    private final AuditTrail audit;
    private final Clock clock;

    JourneyBaselines(
            JdbcClient jdbc,
            ValidationSettings settings,
            Landscape landscape,
            LiveSystems lives,
            FollowUps followUps,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.landscape = landscape;
        this.lives = lives;
        this.followUps = followUps;
        this.audit = audit;
        this.clock = clock;
    }

    /** Lets the baseline be taken when the window of a release is near: approved and not deployed yet. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        if (changed.release().state() == ReleaseState.SCHEDULED
                && !settings.stepsOf(changed.release().system()).isEmpty()) {
            followUps.start(changed.release(), PROCESS, Map.of());
        }
    }

    /** Runs the journey once against what is live now and keeps the result; once the release itself is live, nothing happens. */
    @Transactional
    public void run(Release release) {
        Optional<Live> live = lives.of(
                release.system(), landscape.production(release.system()).key());
        if (live.filter(running -> running.version().equals(release.version())).isPresent()) {
            return;
        }
        Instant started = clock.instant();
        List<StepResult> steps = live.map(running -> new Journey(settings, release.system()).run(running.baseUrl()))
                .orElse(List.of());
        boolean passed = !steps.isEmpty() && steps.stream().allMatch(StepResult::passed);
        Live found = live.orElse(new Live("", "", ""));
        jdbc.sql(
                        "insert into synthetic_baseline (release_id, started_at, ended_at, base_url, live_version, live_digest,"
                                + " passed, steps) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        Timestamp.from(started),
                        Timestamp.from(clock.instant()),
                        found.baseUrl(),
                        found.version(),
                        found.packageDigest(),
                        passed,
                        Canonical.json(steps))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "validation.baseline",
                found.baseUrl(),
                Map.of(),
                Map.of("passed", passed, "version", found.version(), "steps", steps.size())));
    }

    /** The baseline that was taken last; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<BaselineRun> newest(Release release) {
        return jdbc.sql("select started_at, ended_at, base_url, live_version, live_digest, passed, steps"
                        + " from synthetic_baseline where release_id = ? order by id desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new BaselineRun(
                        row.getTimestamp(1).toInstant(),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6),
                        StepResult.read(row.getString(7))))
                .optional();
    }
}
