package io.slipway.schedule;

import io.slipway.release.Notices;
import io.slipway.release.Notices.Notice;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells the people of every release whose planned window meets a blackout that was entered after it. */
@Component
class BlackoutNotices {

    private static final Set<Role> TOLD =
            Set.of(Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.OPERATIONS, Role.DEPLOYER);

    private final Windows windows;
    private final Releases releases;
    private final Notices notices;
    private final JdbcClient jdbc;
    private final Clock clock;

    BlackoutNotices(Windows windows, @Lazy Releases releases, Notices notices, JdbcClient jdbc, Clock clock) {
        this.windows = windows;
        this.releases = releases;
        this.notices = notices;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Looks for the windows that it meets, in the transaction of its entry. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void entered(BlackoutEntered event) {
        Blackout blackout = event.blackout();
        TimeSpan span = blackout.span();
        String system = blackout.system().orElse("");
        List<String> keys = jdbc.sql("select release_key from slipway_release"
                        + " where ended_at is null and window_start < ? and window_end > ? and window_end > ?"
                        + " and (? = '' or system_key = ?) order by window_start, release_key")
                .params(utc(span.end()), utc(span.start()), utc(clock.instant()), system, system)
                .query(String.class)
                .list();
        keys.forEach(key -> releases.find(key).ifPresent(release -> tell(release, blackout)));
    }

    private void tell(Release release, Blackout blackout) {
        Met met = Windows.met(blackout);
        // A blackout of another environment, or a window that was used or given up, concerns nobody.
        if (!windows.meets(release).contains(met)) {
            return;
        }
        String window = windows.present(release)
                .flatMap(ReleaseWindow::span)
                .map(span -> TimeSpan.readable(span.start()) + " to " + TimeSpan.readable(span.end()))
                .orElseThrow();
        notices.tell(Notice.of(
                release,
                "blackout/" + blackout.id(),
                "schedule.blackoutEntered",
                TOLD,
                "The window of " + release.key() + " meets a blackout",
                List.of(
                        "The window of " + release.key() + ", " + window + ", now meets " + met.sentence()
                                + ", which was entered after it was planned.",
                        "Production is not touched while the blackout holds; please ask for another window.")));
    }

    private static LocalDateTime utc(java.time.Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
