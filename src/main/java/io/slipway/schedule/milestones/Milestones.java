package io.slipway.schedule.milestones;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.integration.planning.MilestoneChange;
import io.slipway.integration.planning.PlanningTool;
import io.slipway.integration.planning.PlanningToolRefused;
import io.slipway.platform.ledger.Effect;
import io.slipway.platform.ledger.EffectLedger;
import io.slipway.platform.ledger.EffectRefused;
import io.slipway.platform.ledger.EffectRequest;
import io.slipway.platform.ledger.Probe;
import io.slipway.platform.text.Beginning;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.WindowPlanned;
import io.slipway.schedule.milestones.Milestone.Name;
import io.slipway.schedule.process.PushMilestoneProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Derives milestones from what happens to a release: the first window that is planned sets the baseline, each later one the forecast,
 * and the states the actual moments. A slip says what held the release up. Every change is told to the planning tool.
 */
@Service
public class Milestones {

    private static final int MOST = 2_000;
    private static final String SELECT =
            "select release_key, system_key, name, baseline, forecast, actual, cause" + " from milestone";

    private final JdbcClient jdbc;
    private final MilestoneSettings settings;
    private final SlipCause causes;
    private final PlanningTool tool;
    private final EffectLedger ledger;
    private final SideProcesses sides;
    private final Landscape landscape;
    private final ObjectMapper json;
    private final Clock clock;

    Milestones(
            JdbcClient jdbc,
            MilestoneSettings settings,
            SlipCause causes,
            PlanningTool tool,
            EffectLedger ledger,
            SideProcesses sides,
            Landscape landscape,
            ObjectMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.causes = causes;
        this.tool = tool;
        this.ledger = ledger;
        this.sides = sides;
        this.landscape = landscape;
        this.json = json;
        this.clock = clock;
    }

    /** A window was planned: it sets the baseline if it is the first, and the forecast of what is still to come. */
    @EventListener
    public void planned(WindowPlanned planned) {
        Release release = planned.release();
        Map<Name, Instant> expected = expected(planned.span());
        Map<Name, Milestone> before = byName(release);
        Instant now = clock.instant();
        expected.forEach((name, moment) -> {
            Milestone known = before.get(name);
            if (known == null) {
                Optional<Instant> actual = name == Name.PLANNED ? Optional.of(now) : Optional.empty();
                insert(release, name, moment, actual);
                tell(release, name);
            } else if (known.actual().isEmpty() && !known.forecast().equals(moment)) {
                Optional<String> cause = isSlip(known.baseline(), moment)
                        ? causes.between(release, release.requestedAt(), now)
                        : Optional.empty();
                update(release, name, moment, Optional.empty(), cause);
                tell(release, name);
            }
        });
    }

    private Map<Name, Instant> expected(TimeSpan window) {
        Map<Name, Instant> expected = new EnumMap<>(Name.class);
        expected.put(Name.PLANNED, clock.instant());
        expected.put(Name.BUILT, window.start().minus(settings.built()));
        expected.put(Name.APPROVED, window.start().minus(settings.approved()));
        expected.put(Name.DEPLOYED, window.end());
        expected.put(Name.LIVE, window.end().plus(settings.live()));
        expected.put(Name.CLOSED, window.end().plus(settings.closed()));
        return expected;
    }

    /** A release went into another state: a milestone may be reached, and what comes after it cannot be earlier. */
    @EventListener
    public void changed(ReleaseStateChanged change) {
        Release release = change.release();
        Optional<Name> reached = Name.reachedIn(change.release().state()).filter(name -> name != Name.PLANNED);
        if (reached.isEmpty()) {
            return;
        }
        Map<Name, Milestone> known = byName(release);
        Milestone milestone = known.get(reached.get());
        if (milestone == null || (milestone.actual().isPresent() && release.state() != ReleaseState.VALIDATING)) {
            return;
        }
        Instant now = clock.instant();
        Instant from = known.values().stream()
                .filter(earlier -> earlier.name().compareTo(milestone.name()) < 0)
                .flatMap(earlier -> earlier.actual().stream())
                .max(Instant::compareTo)
                .orElse(release.requestedAt());
        Optional<String> cause =
                isSlip(milestone.baseline(), now) ? causes.between(release, from, now) : Optional.empty();
        update(release, milestone.name(), now, Optional.of(now), cause);
        tell(release, milestone.name());
        known.values().stream()
                .filter(later -> later.name().compareTo(milestone.name()) > 0
                        && later.actual().isEmpty()
                        && later.forecast().isBefore(now))
                .forEach(later -> {
                    update(release, later.name(), now, Optional.empty(), cause);
                    tell(release, later.name());
                });
    }

    private boolean isSlip(Instant baseline, Instant moment) {
        return Duration.between(baseline, moment).compareTo(settings.tolerance()) > 0;
    }

    private void insert(Release release, Name name, Instant moment, Optional<Instant> actual) {
        jdbc.sql("insert into milestone (release_id, name, position_, release_key, system_key, baseline, forecast,"
                        + " actual) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        name.name(),
                        name.position(),
                        release.key(),
                        release.system(),
                        local(moment),
                        local(moment),
                        actual.map(Milestones::local).orElse(null))
                .update();
    }

    private void update(
            Release release, Name name, Instant forecast, Optional<Instant> actual, Optional<String> cause) {
        jdbc.sql("update milestone set forecast = ?, actual = ?, cause = ? where release_id = ? and name = ?")
                .params(
                        local(forecast),
                        actual.map(Milestones::local).orElse(null),
                        cause.map(text -> Beginning.of(text, 500)).orElse(null),
                        StoredIds.bytes(release),
                        name.name())
                .update();
    }

    /** Tells the planning tool: at once where it shares the transaction, else by a process that the engine repeats. */
    private void tell(Release release, Name name) {
        Milestone now = byName(release).get(name);
        if (now == null) {
            throw new IllegalStateException(
                    "The milestone " + name + " of " + release.key() + " was written and is gone");
        }
        MilestoneChange change = new MilestoneChange(
                UUID.randomUUID().toString(),
                now.release(),
                name.name(),
                now.baseline(),
                now.forecast(),
                now.actual(),
                now.cause());
        if (tool.transactional()) {
            tool.push(change);
            return;
        }
        jdbc.sql("insert into milestone_push (id, release_id, content, asked_at) values (?, ?, ?, ?)")
                .params(change.id(), StoredIds.bytes(release), written(change), local(clock.instant()))
                .update();
        sides.start(release, PushMilestoneProcess.KEY, Map.of(PushMilestoneProcess.MILESTONE_PUSH.name(), change.id()));
    }

    private String written(MilestoneChange change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A change of a milestone is always JSON", e);
        }
    }

    /**
     * Tells the planning tool of one change, once: the ledger knows what was told, and the tool knows a repetition by its id.
     *
     * @throws Refused when there is no such change of the release
     */
    public void push(Release release, String id) {
        String content = jdbc.sql("select content from milestone_push where id = ? and release_id = ?")
                .params(id, StoredIds.bytes(release))
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refused("No change '" + id + "' of " + release.key()
                        + " is to be told; please set the variable 'milestonePush' back."));
        MilestoneChange change;
        try {
            change = json.readValue(content, MilestoneChange.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The change " + id + " cannot be read", e);
        }
        ledger.perform(
                new EffectRequest(
                        release.key() + "/milestone/" + id, release.key(), id, "push", "planning", content, null),
                () -> {},
                new Push(change));
    }

    /** One change on its way. */
    private final class Push implements Effect {

        private final MilestoneChange change;

        Push(MilestoneChange change) {
            this.change = change;
        }

        @Override
        public void apply(String key, long fence) {
            try {
                tool.push(change);
            } catch (PlanningToolRefused refused) {
                throw new EffectRefused(String.valueOf(refused.getMessage()));
            }
        }

        /** Nobody can ask the tool; but it knows the id, so that telling it again is harmless. */
        @Override
        public Probe probe(String key) {
            return Probe.previous("The tool knows a repetition by its id.");
        }

        @Override
        public void record(String evidence) {
            jdbc.sql("update milestone_push set pushed_at = ? where id = ?")
                    .params(local(clock.instant()), change.id())
                    .update();
        }
    }

    /** Milestones of a release, in order; none before its first window is planned. */
    @Transactional(readOnly = true)
    public List<Milestone> of(Release release) {
        return jdbc.sql(SELECT + " where release_id = ? order by position_")
                .param(StoredIds.bytes(release))
                .query(Milestones::milestone)
                .list();
    }

    private Map<Name, Milestone> byName(Release release) {
        Map<Name, Milestone> known = new EnumMap<>(Name.class);
        of(release).forEach(milestone -> known.put(milestone.name(), milestone));
        return known;
    }

    /** Milestones of all releases that a reader may know of, from a moment on, by forecast; at most two thousand. */
    @Transactional(readOnly = true)
    public List<Milestone> from(Reader reader, Instant moment) {
        List<String> systems = reader.readsAll()
                ? landscape.systems().stream().map(ManagedSystem::key).toList()
                : reader.systems().stream().sorted().toList();
        if (systems.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(SELECT + " where forecast >= :moment and system_key in (:systems)"
                        + " order by forecast, release_key, position_ limit " + MOST)
                .param("moment", local(moment))
                .param("systems", systems)
                .query(Milestones::milestone)
                .list();
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static Milestone milestone(ResultSet row, int index) throws SQLException {
        return new Milestone(
                row.getString("release_key"),
                row.getString("system_key"),
                Name.valueOf(row.getString("name")),
                row.getObject("baseline", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getObject("forecast", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                Optional.ofNullable(row.getObject("actual", LocalDateTime.class))
                        .map(moment -> moment.toInstant(ZoneOffset.UTC)),
                Optional.ofNullable(row.getString("cause")));
    }
}
