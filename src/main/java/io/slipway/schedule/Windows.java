package io.slipway.schedule;

import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.schedule.calendars.Calendars;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the time in which a release may touch production, in rounds: looking for another time begins another round, and from then on
 * nothing of the earlier one counts.
 */
@Service
public class Windows {

    private final ReleaseWindowRepository windows;
    private final Blackouts blackouts;
    private final Calendars calendars;
    private final Landscape landscape;
    private final Releases releases;
    private final Permissions permissions;
    private final ScheduleSettings settings;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Windows(
            ReleaseWindowRepository windows,
            Blackouts blackouts,
            Calendars calendars,
            Landscape landscape,
            Releases releases,
            Permissions permissions,
            ScheduleSettings settings,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.windows = windows;
        this.blackouts = blackouts;
        this.calendars = calendars;
        this.landscape = landscape;
        this.releases = releases;
        this.permissions = permissions;
        this.settings = settings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    private static final int MOST_TRIES = 400;
    private static final String FREE_OF_ALL = "It meets no blackout.";

    /** Whether a proposed window can be had. */
    public enum Verdict {
        FREE,
        BUSY
    }

    /** Begins a round; with one in which nothing was proposed yet nothing happens. */
    @Transactional
    public void openRound(Release release) {
        Optional<ReleaseWindow> last = latest(release);
        if (last.filter(window -> window.state() == ReleaseWindow.State.OPEN).isPresent()) {
            return;
        }
        ReleaseWindow opened = windows.save(
                new ReleaseWindow(release.id(), last.map(ReleaseWindow::round).orElse(0) + 1));
        record(release, "schedule.openRound", opened, last.map(Windows::facts).orElse(Map.of()));
    }

    /**
     * Proposes a window, which is compared with the calendar next. Its start is cut to the second.
     *
     * @param why may be missing
     * @throws Refused when it lies in the past, or no window is looked for
     */
    @Transactional
    public void propose(Release release, String person, Instant start, Duration length, @Nullable String why) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        if (length.isNegative() || length.isZero()) {
            throw new Refused("windowMinutes", "A window lasts at least a minute.");
        }
        Instant first = start.truncatedTo(ChronoUnit.SECONDS);
        TimeSpan span = new TimeSpan(first, first.plus(length));
        if (!span.end().isAfter(clock.instant())) {
            throw new Refused("windowStart", "The window lies in the past; please choose a later one.");
        }
        ReleaseWindow window = current(release);
        if (window.state() == ReleaseWindow.State.PLANNED) {
            throw new Refused("A window is planned already; please ask for another one first.");
        }
        Map<String, Object> before = facts(window);
        window.propose(person, span, why);
        record(release, "schedule.proposeWindow", window, before);
    }

    /** Compares the proposed window with the calendar; comparing again gives what is then so. */
    @Transactional
    public Verdict check(Release release) {
        ReleaseWindow window = current(release);
        TimeSpan span = span(window);
        if (window.state() == ReleaseWindow.State.PLANNED) {
            throw new Refused("The window of " + release.key() + " is planned already.");
        }
        List<Met> met = met(release, span);
        Map<String, Object> before = facts(window);
        window.checked(
                met.isEmpty(),
                met.isEmpty() ? FREE_OF_ALL : "It meets " + named(met) + "; please choose another time.");
        record(release, "schedule.checkWindow", window, before);
        return met.isEmpty() ? Verdict.FREE : Verdict.BUSY;
    }

    /**
     * Opens the window of an emergency: from now on, for as long as the configuration says, with the blackouts named that it breaks.
     *
     * @throws Refused when the release is no emergency on record
     */
    @Transactional
    public void openEmergency(Release release) {
        if (release.releaseClass().filter(ReleaseClass.EMERGENCY::equals).isEmpty()) {
            throw new Refused(
                    release.key() + " is no emergency on record, so its window must be proposed; please set the"
                            + " variable 'releaseClass' back to "
                            + release.releaseClass().map(Enum::name).orElse("what the scope gave") + " and retry.");
        }
        ReleaseWindow window = current(release);
        if (window.state() == ReleaseWindow.State.PLANNED) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        TimeSpan span = new TimeSpan(now, now.plus(settings.emergencyWindow()));
        List<Met> breaks = met(release, span);
        Map<String, Object> before = facts(window);
        window.open(
                span,
                breaks.stream().map(Met::id).toList(),
                breaks.isEmpty() ? FREE_OF_ALL : "It breaks " + named(breaks) + ".");
        record(release, "schedule.openEmergencyWindow", window, before);
    }

    /**
     * Plans the window that was found free; planning it again changes nothing.
     *
     * @throws Refused when none was found free, or it is not free any more
     */
    @Transactional
    public void plan(Release release) {
        ReleaseWindow window = current(release);
        if (window.state() == ReleaseWindow.State.PLANNED) {
            return;
        }
        if (window.state() != ReleaseWindow.State.FREE) {
            throw new Refused("The window of " + release.key() + " was not found free, so it is not planned; "
                    + window.finding().orElse("please propose one."));
        }
        TimeSpan span = span(window);
        List<Met> unknown = unknown(release, window, span);
        if (!unknown.isEmpty()) {
            throw new Refused("The window of " + release.key() + " meets " + named(unknown)
                    + ", which was entered meanwhile; please propose another one.");
        }
        Map<String, Object> before = facts(window);
        window.planned();
        releases.planWindow(release.id(), span.start(), span.end());
        record(release, "schedule.planWindow", window, before);
        events.publishEvent(new WindowPlanned(release, window.round(), span));
    }

    /** The window that counts; empty while none is planned or another one is looked for. */
    @Transactional(readOnly = true)
    public Optional<ReleaseWindow> present(Release release) {
        return latest(release).filter(window -> window.state() == ReleaseWindow.State.PLANNED);
    }

    /** The latest round; empty before the first. */
    @Transactional(readOnly = true)
    public Optional<ReleaseWindow> latest(Release release) {
        return windows.findFirstByIdReleaseOrderByIdRoundDesc(release.id().value());
    }

    /** All rounds, the latest first. */
    @Transactional(readOnly = true)
    public List<ReleaseWindow> history(Release release) {
        return windows.findByIdReleaseOrderByIdRoundDesc(release.id().value());
    }

    /**
     * What the planned window of a release meets by now, though whoever planned it did not know of it; nothing when none is planned, or
     * when it is over or was used.
     */
    @Transactional(readOnly = true)
    public List<Met> meets(Release release) {
        if (!ahead(release.state())) {
            return List.of();
        }
        return present(release)
                .flatMap(window -> window.span()
                        .filter(span -> span.end().isAfter(clock.instant()))
                        .map(span -> unknown(release, window, span)))
                .orElse(List.of());
    }

    private static boolean ahead(ReleaseState state) {
        return switch (state) {
            case DRAFT, PLANNED, IN_BUILD, IN_TEST, AWAITING_APPROVAL, APPROVED, SCHEDULED, DEPLOYING -> true;
            case VALIDATING, ROLLING_BACK, HYPERCARE, CLOSED, CANCELLED -> false;
        };
    }

    /** What a planned window meets though whoever planned it did not know of it. */
    List<Met> unknown(Release release, ReleaseWindow window, TimeSpan span) {
        return met(release, span).stream()
                .filter(met -> !window.broken().contains(met.id()))
                .toList();
    }

    /** What stands against a stretch of time in production of a release: blackouts, denied times, and no allowed one. */
    @Transactional(readOnly = true)
    public List<Met> met(Release release, TimeSpan span) {
        return Stream.concat(
                        blackouts.meeting(release, span).stream().map(Windows::met),
                        calendars.against(release.system(), production(release), span).stream())
                .toList();
    }

    private String production(Release release) {
        return landscape.production(release.system()).key();
    }

    /** A blackout as something that stands against a time. */
    static Met met(Blackout blackout) {
        return new Met(
                blackout.id().toString(),
                "the blackout '" + blackout.name() + "' (" + blackout.from() + " to " + blackout.to() + ")");
    }

    /**
     * The next time of this length, from a moment on, against which nothing stands in production of a release; empty when none begins
     * within {@link Calendars#HORIZON}, or when it takes more than {@value #MOST_TRIES} steps to find it.
     */
    @Transactional(readOnly = true)
    public Optional<TimeSpan> nextFree(Release release, Instant from, Duration length) {
        String environment = production(release);
        Instant last = from.plus(Calendars.HORIZON);
        List<Instant> turns = calendars.turns(release.system(), environment, new TimeSpan(from, last));
        Optional<Instant> start = Optional.of(from);
        // Each step goes on at the first moment at which what stood in the way may be over, so that it asks once for a
        // whole heap.
        for (int i = 0; i < MOST_TRIES && start.isPresent(); i++) {
            Instant tried = start.get();
            TimeSpan span = new TimeSpan(tried, tried.plus(length));
            Optional<Instant> over = blackouts.over(release, span);
            if (over.isEmpty()
                    && calendars.against(release.system(), environment, span).isEmpty()) {
                return Optional.of(span);
            }
            start = over.or(() -> turns.stream().filter(tried::isBefore).findFirst())
                    .filter(moment -> moment.isBefore(last));
        }
        return Optional.empty();
    }

    /** Names what is met, with ends. */
    static String named(List<Met> met) {
        return met.stream().map(Met::sentence).collect(Collectors.joining(" and "));
    }

    private ReleaseWindow current(Release release) {
        return latest(release).orElseThrow(() -> new Refused("No window is looked for yet for " + release.key() + "."));
    }

    private static TimeSpan span(ReleaseWindow window) {
        return window.span().orElseThrow(() -> new Refused("No window is proposed yet."));
    }

    private void record(Release release, String action, ReleaseWindow window, Map<String, Object> before) {
        audit.record(AuditTrail.Entry.of(release.id(), action, "round " + window.round(), before, facts(window)));
    }

    static Map<String, Object> facts(ReleaseWindow window) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("round", window.round());
        facts.put("state", window.state().name());
        facts.put("emergency", window.emergency());
        window.span().ifPresent(span -> {
            facts.put("start", span.start().toString());
            facts.put("end", span.end().toString());
        });
        window.reason().ifPresent(reason -> facts.put("reason", reason));
        window.finding().ifPresent(finding -> facts.put("finding", finding));
        facts.put("broken", window.broken());
        return facts;
    }
}
