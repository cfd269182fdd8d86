package io.slipway.communication;

import io.slipway.communication.process.AnnounceDelayProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.release.WindowPlanned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds releases that will not be done in their window, and puts the draft of an update before the release manager. Nobody is told
 * before a person confirmed it; what is promised with an update is kept by a timer.
 */
@Service
public class Delays {

    private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

    private final JdbcClient jdbc;
    private final Forecasts forecasts;
    private final SideProcesses sides;
    private final Releases releases;
    private final NoticeBook notices;
    private final Deputies deputies;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final CommunicationSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Delays(
            JdbcClient jdbc,
            Forecasts forecasts,
            SideProcesses sides,
            Releases releases,
            NoticeBook notices,
            Deputies deputies,
            Permissions permissions,
            AuditTrail audit,
            CommunicationSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.forecasts = forecasts;
        this.sides = sides;
        this.releases = releases;
        this.notices = notices;
        this.deputies = deputies;
        this.permissions = permissions;
        this.audit = audit;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What a person decides on a draft. */
    public enum Decision {
        SEND,
        DISMISS
    }

    /** What looking again finds. */
    public enum Verdict {
        LATE,
        ON_TIME
    }

    /**
     * Looking again.
     *
     * @param confirmUntil until when the next draft has to be confirmed
     */
    public record Review(Verdict verdict, Instant confirmUntil) {}

    /** Looks at every release that has a window and is on its way. */
    void sweep() {
        List<String> keys = jdbc.sql("select release_key from slipway_release where window_end is not null and state in"
                        + " ('PLANNED', 'IN_BUILD', 'IN_TEST', 'AWAITING_APPROVAL', 'APPROVED', 'SCHEDULED', 'DEPLOYING')"
                        + " order by window_end limit 500")
                .query(String.class)
                .list();
        for (String key : keys) {
            try {
                releases.find(key).ifPresent(this::look);
            } catch (RuntimeException e) {
                LOG.error("Whether {} is late cannot be told now", key, e);
            }
        }
    }

    private void look(Release release) {
        if (isOpen(release)) {
            return;
        }
        Instant end = release.windowEnd().orElseThrow();
        forecasts
                .of(release)
                .filter(forecast -> forecast.end().isAfter(end))
                .filter(forecast -> !dismissed(release, end))
                .ifPresent(forecast -> transaction.executeWithoutResult(
                        status -> open(release, forecast.cause(), end, forecast.end())));
    }

    /** A window that ends later than the one that people were told is a delay as well. */
    @EventListener
    void windowMoved(WindowPlanned planned) {
        Release release = planned.release();
        Optional<Instant> before = planned.endBefore();
        Instant end = release.windowEnd().orElseThrow();
        if (before.isEmpty() || !end.isAfter(before.get())) {
            return;
        }
        String cause = "The window was moved"
                + releases.lastReason(
                                release.id(),
                                ReleaseAction.RESCHEDULE,
                                before.get().minus(Duration.ofDays(365)))
                        .map(reason -> ": " + reason)
                        .orElse(" after a no-go or a change of content.");
        if (isOpen(release)) {
            jdbc.sql("update release_delay set revised_end = ?, cause = ? where open_for = ?")
                    .params(
                            Columns.at(end),
                            Columns.fitting(cause, 2000),
                            release.id().toString())
                    .update();
            return;
        }
        open(release, cause, before.get(), end);
    }

    private void open(Release release, String cause, Instant windowEnd, Instant revised) {
        if (!sides.isPinned(release, AnnounceDelayProcess.KEY)) {
            LOG.info("{} was requested before delays were announced by a process", release.key());
            return;
        }
        try {
            jdbc.sql(
                            "insert into release_delay (release_id, open_for, round_number, cause, window_end, revised_end, remark, state,"
                                    + " found_at) values (?, ?, 1, ?, ?, ?, '', 'DRAFT', ?)")
                    .params(
                            StoredIds.bytes(release),
                            release.id().toString(),
                            Columns.fitting(cause, 2000),
                            Columns.at(windowEnd),
                            Columns.at(revised),
                            Columns.at(clock.instant()))
                    .update();
        } catch (DuplicateKeyException other) {
            // Another node found it at the same moment.
            return;
        }
        Delay found = of(release).get(0);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.findDelay",
                "delay " + found.id(),
                Map.of("windowEnd", windowEnd.toString()),
                Map.of("revisedEnd", revised.toString(), "cause", cause)));
        sides.start(
                release,
                AnnounceDelayProcess.KEY,
                Map.of(
                        AnnounceDelayProcess.DELAY_ID.name(),
                        String.valueOf(found.id()),
                        AnnounceDelayProcess.UPDATE_DUE_AT.name(),
                        Date.from(clock.instant().plus(settings.delay().confirmWithin()))));
    }

    /**
     * Takes what the release manager decides on a draft.
     *
     * @param after when the next update is promised, as a duration by ISO 8601; empty for the usual time
     * @return when the next update is due
     * @throws Refused when the duration is none, or too short or too long
     */
    @Transactional
    public Instant decide(
            Release release, long id, String person, Decision decision, String remark, Optional<String> after) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        Delay delay = get(id);
        Instant next = clock.instant()
                .plus(after.map(Delays::duration).orElse(settings.delay().nextUpdate()));
        boolean send = decision == Decision.SEND;
        jdbc.sql(
                        "update release_delay set state = ?, remark = ?, next_update_at = ?, confirmed_by = ?, confirmed_at = ?,"
                                + " open_for = ? where id = ?")
                .params(
                        send ? Delay.State.SENT.name() : Delay.State.DISMISSED.name(),
                        remark,
                        send ? Columns.at(next) : null,
                        person,
                        Columns.at(clock.instant()),
                        send ? release.id().toString() : null,
                        id)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.decideUpdate",
                "delay " + id + ", update " + delay.round(),
                Map.of(),
                Map.of("decision", decision.name(), "person", person, "nextUpdate", next.toString())));
        return next;
    }

    private static Duration duration(String text) {
        Duration parsed;
        try {
            parsed = Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Refused(
                    "nextUpdateAfter", "'nextUpdateAfter' must be a duration by ISO 8601, such as PT1H or PT30M.");
        }
        if (parsed.compareTo(Duration.ofSeconds(1)) < 0 || parsed.compareTo(Duration.ofDays(7)) > 0) {
            throw new Refused("nextUpdateAfter", "'nextUpdateAfter' must be from PT1S to P7D.");
        }
        return parsed;
    }

    /** Tells everybody who was told of the window; the same update is told once. */
    @Transactional
    public void send(Release release, long id) {
        Delay delay = get(id);
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add("It will not be done in the window that you were told.");
        paragraphs.add(delay.cause());
        if (!delay.remark().isBlank()) {
            paragraphs.add(delay.remark());
        }
        notices.tell(new Notices.Notice(
                release.key() + "/delay/" + id + "/" + delay.round(),
                Optional.of(release.id()),
                "release.delayed",
                Notices.Audience.roles(release, roles("delayed")),
                "Delay of " + release.key() + ", update " + delay.round(),
                paragraphs,
                List.of(
                        new Notices.Fact("Window ended", delay.windowEnd().toString()),
                        new Notices.Fact(
                                "Expected to be done", delay.revisedEnd().toString()),
                        new Notices.Fact(
                                "Next update",
                                delay.nextUpdateAt().map(Instant::toString).orElse(""))),
                "/releases/" + release.key()));
    }

    private Set<Role> roles(String moment) {
        return settings.moments().getOrDefault(moment, List.of()).stream()
                .map(role -> Role.ofGroup(role).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells the deputies of release managers that an update is due and not confirmed; once for each update. */
    @Transactional
    public void escalate(Release release, long id) {
        Delay delay = get(id);
        Set<String> groups = new HashSet<>(deputies.groupsFor(Role.RELEASE_MANAGER.group()));
        groups.add(Role.RELEASE_MANAGER.group());
        notices.tell(new Notices.Notice(
                release.key() + "/delay/" + id + "/" + delay.round() + "/overdue",
                Optional.of(release.id()),
                "communication.updateOverdue",
                new Notices.Audience(groups, Set.of()),
                "Update overdue: delay of " + release.key(),
                List.of(
                        "People wait for update " + delay.round() + " on this delay, and nobody has confirmed it.",
                        delay.cause()),
                List.of(new Notices.Fact(
                        "Expected to be done", delay.revisedEnd().toString())),
                "/releases/" + release.key()));
    }

    /** Looks whether the release is still late when the next update is due, and prepares its draft if it is. */
    @Transactional
    public Review review(Release release, long id) {
        Delay delay = get(id);
        Instant until = clock.instant().plus(settings.delay().confirmWithin());
        Optional<Forecasts.Forecast> late = release.windowEnd()
                .flatMap(end ->
                        forecasts.of(release).filter(forecast -> forecast.end().isAfter(end)));
        if (late.isEmpty()) {
            jdbc.sql("update release_delay set state = 'OVER', open_for = null where id = ?")
                    .param(id)
                    .update();
            return new Review(Verdict.ON_TIME, until);
        }
        jdbc.sql(
                        "update release_delay set state = 'DRAFT', round_number = ?, cause = ?, revised_end = ?, remark = '' where id = ?")
                .params(
                        delay.round() + 1,
                        Columns.fitting(late.get().cause(), 2000),
                        Columns.at(late.get().end()),
                        id)
                .update();
        return new Review(Verdict.LATE, until);
    }

    private boolean isOpen(Release release) {
        return jdbc.sql("select count(*) from release_delay where open_for = ?")
                        .param(release.id().toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** A delay that a person dismissed is not drafted again for the same window. */
    private boolean dismissed(Release release, Instant windowEnd) {
        return of(release).stream()
                .anyMatch(delay -> delay.state() == Delay.State.DISMISSED
                        && delay.windowEnd().equals(windowEnd));
    }

    /** Delays of a release, the newest first; at most a hundred. */
    @Transactional(readOnly = true)
    public List<Delay> of(Release release) {
        return jdbc.sql("select * from release_delay where release_id = ? order by id desc limit 100")
                .param(StoredIds.bytes(release))
                .query((row, index) -> delay(row))
                .list();
    }

    /**
     * One delay.
     *
     * @throws Refused when there is none
     */
    @Transactional(readOnly = true)
    public Delay get(long id) {
        return jdbc.sql("select * from release_delay where id = ?")
                .param(id)
                .query((row, index) -> delay(row))
                .optional()
                .orElseThrow(
                        () -> new Refused("There is no delay of this number; please restore the variable 'delayId'."));
    }

    private static Delay delay(ResultSet row) throws SQLException {
        return new Delay(
                row.getLong("id"),
                row.getInt("round_number"),
                row.getString("cause"),
                Columns.requireMoment(row, "window_end"),
                Columns.requireMoment(row, "revised_end"),
                row.getString("remark"),
                Delay.State.valueOf(row.getString("state")),
                Columns.moment(row, "next_update_at"),
                Optional.ofNullable(row.getString("confirmed_by")),
                Columns.requireMoment(row, "found_at"));
    }
}
