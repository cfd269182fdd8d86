package io.slipway.platform.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.slipway.platform.data.Canonical;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets effects happen once. Before the first byte goes out the row says STARTED, and it says DONE only after a probe saw the
 * effect; both are committed in transactions of their own, so that a caller that rolls back or dies leaves the truth behind. What
 * is found half-way is probed before anything is sent again.
 */
@Component
public class EffectLedger {

    /** Asked in the transaction that writes STARTED or UNDOING; whatever it throws leaves the row as it was and nothing is sent. */
    @FunctionalInterface
    public interface Conditions {

        /** Throws when the effect must not be sent now. */
        void check();
    }

    /** Waits between probes. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time);
    }

    private static final Logger LOG = LoggerFactory.getLogger(EffectLedger.class);

    /** In the registry of the process, because a ledger is made in many ways and all are the one that is measured. */
    private static final Counter TAKEN_OVER = Counter.builder("slipway.lease.takeovers")
            .description("Effects taken over from a worker whose lease was over")
            .register(Metrics.globalRegistry);

    /** How often a transaction of the ledger is begun that lost a deadlock. */
    private static final int ATTEMPTS = 3;

    private static final String COLUMNS =
            "effect_key, seq, business_key, run, step, target, request_hash, state, fence,"
                    + " undo_data, result, reason, started_at, ended_at, owner, leased_until";

    /** Forward and back go the same way through states of different names. */
    private enum Move {
        DO(EffectState.STARTED, EffectState.DONE, EffectState.UNKNOWN, EffectState.FAILED),
        UNDO(EffectState.UNDOING, EffectState.UNDONE, EffectState.UNDO_UNKNOWN, EffectState.UNDO_UNKNOWN);

        private final EffectState begun;
        private final EffectState there;
        private final EffectState doubtful;
        private final EffectState refused;

        Move(EffectState begun, EffectState there, EffectState doubtful, EffectState refused) {
            this.begun = begun;
            this.there = there;
            this.doubtful = doubtful;
            this.refused = refused;
        }

        /** What the target knows the effect by; taking back is another request there. */
        String sent(String key) {
            return this == DO ? key : key + "/undo";
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate own;
    private final Clock clock;
    private final LedgerSettings settings;
    private final Pause pause;
    private final String me = UUID.randomUUID().toString();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    @Autowired
    EffectLedger(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, LedgerSettings settings) {
        this(jdbc, transactions, clock, settings, EffectLedger::sleep);
    }

    EffectLedger(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            LedgerSettings settings,
            Pause pause) {
        this.jdbc = jdbc;
        this.own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.settings = settings;
        this.pause = pause;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an effect was probed", e);
        }
    }

    /**
     * Writes down effects that are wanted, in this order and committed at once. One that is there already stays, unless it was
     * merely planned, with other content: then the new content counts.
     */
    public void plan(List<EffectRequest> requests) {
        requests.forEach(request -> {
            if (!inOwn(() -> add(request))) {
                inOwn(() -> replan(request));
            }
        });
    }

    /**
     * Lets an effect happen, once. Done before means: the stored outcome is returned and the target is left alone.
     *
     * @param conditions asked in the transaction that writes STARTED, each time before something is sent
     * @return the row, in state DONE
     * @throws EffectRefused when the target said no; the row says FAILED, and another call would send it again
     * @throws EffectUnclear when nobody can tell whether it happened; the row says UNKNOWN, and another call probes first
     * @throws EffectBusy while another worker is at it
     * @throws EffectConflict when the key was used for other content, or what it did has been taken back
     */
    public LedgerEntry perform(EffectRequest request, Conditions conditions, Effect effect) {
        inOwn(() -> add(request));
        return alone(
                request.key(), () -> drive(Move.DO, request.key(), Optional.of(hash(request)), conditions, effect));
    }

    /**
     * Takes an effect back, once.
     *
     * @param reverse what takes it back; its {@code apply} gets a key of its own
     * @return the row, in state UNDONE
     * @throws EffectRefused when the target said no; the row says UNDO_UNKNOWN
     * @throws EffectUnclear when nobody can tell; the row says UNDO_UNKNOWN, and another call probes first
     * @throws EffectBusy while another worker is at it
     * @throws EffectConflict when it was never done
     */
    public LedgerEntry undo(String key, Conditions conditions, Effect reverse) {
        return alone(key, () -> drive(Move.UNDO, key, Optional.empty(), conditions, reverse));
    }

    /**
     * Finds out what became of an effect in doubt, without sending anything: it is DONE, or FAILED when a probe found nothing
     * changed. A row that is not in doubt stays as it is. The target is told a new fence first, so that whoever sent or is about to
     * send under an older one is refused and FAILED stays true.
     *
     * @throws EffectUnclear when no probe could tell
     * @throws EffectBusy while another worker is at it
     */
    public LedgerEntry settle(String key, Effect effect) {
        return alone(key, () -> {
            LedgerEntry entry = inOwn(() -> {
                LedgerEntry row = lock(key);
                boolean inDoubt = row.state() == EffectState.STARTED || row.state() == EffectState.UNKNOWN;
                return inDoubt ? bar(take(row, EffectState.UNKNOWN)) : row;
            });
            if (entry.state() != EffectState.UNKNOWN) {
                return entry;
            }
            String seen = "";
            Instant end = clock.instant().plus(settings.limit());
            for (Duration wait : settings.probes()) {
                pause.of(wait);
                Probe probe = askForGood(effect, entry);
                if (probe.verdict() == Probe.Verdict.DESIRED) {
                    return finish(entry, EffectState.DONE, probe.evidence(), null, effect);
                }
                if (probe.verdict() == Probe.Verdict.PREVIOUS) {
                    return finish(
                            entry,
                            EffectState.FAILED,
                            null,
                            "A probe found nothing changed: " + probe.evidence(),
                            effect);
                }
                seen = probe.evidence();
                if (clock.instant().isAfter(end)) {
                    break;
                }
            }
            throw unclear(Move.DO, entry, entry.reason().orElse(""), seen);
        });
    }

    /** One effect. */
    public Optional<LedgerEntry> find(String key) {
        return jdbc.sql("select " + COLUMNS + " from effect where effect_key = ?")
                .param(key)
                .query(EffectLedger::row)
                .optional();
    }

    /** The effects of one attempt, in the order in which they were planned. */
    public List<LedgerEntry> ofRun(String businessKey, String run) {
        return jdbc.sql("select " + COLUMNS + " from effect where business_key = ? and run = ? order by seq")
                .params(businessKey, run)
                .query(EffectLedger::row)
                .list();
    }

    /** The effects of some attempts, in the order in which they were planned; one statement, however many attempts there are. */
    public Map<String, List<LedgerEntry>> ofRuns(String businessKey, Collection<String> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select " + COLUMNS + " from effect where business_key = :key and run in (:runs) order by seq")
                .param("key", businessKey)
                .param("runs", Set.copyOf(runs))
                .query(EffectLedger::row)
                .list()
                .stream()
                .collect(Collectors.groupingBy(LedgerEntry::run));
    }

    /** The effects that belong to something and are under way or in doubt. */
    public List<LedgerEntry> open(String businessKey) {
        return jdbc.sql("select " + COLUMNS + " from effect where business_key = ? and state in"
                        + " ('STARTED', 'UNKNOWN', 'UNDOING', 'UNDO_UNKNOWN') order by seq")
                .param(businessKey)
                .query(EffectLedger::row)
                .list();
    }

    private LedgerEntry drive(Move move, String key, Optional<String> hash, Conditions conditions, Effect effect) {
        LedgerEntry entry = inOwn(() -> begin(move, lock(key), hash, conditions));
        if (entry.state() == move.there) {
            return entry;
        }
        Instant end = clock.instant().plus(settings.limit());
        int sent = 0;
        EffectRefused refusal = null;
        String seen = "";
        if (entry.state() == move.begun) {
            LOG.info("{} on {} begins under fence {}", entry.step(), entry.target(), entry.fence());
            sent++;
            refusal = send(move, entry, effect);
        }
        for (Duration wait : settings.probes()) {
            pause.of(wait);
            Probe probe = ask(effect, move.sent(key));
            seen = probe.evidence();
            if (probe.verdict() == Probe.Verdict.DESIRED) {
                return finish(entry, move.there, probe.evidence(), null, effect);
            }
            if (probe.verdict() == Probe.Verdict.PREVIOUS) {
                if (refusal != null) {
                    finish(entry, move.refused, null, refusal.getMessage(), effect);
                    throw refusal;
                }
                if (sent == settings.sends()) {
                    break;
                }
                LedgerEntry doubtful = entry;
                entry = inOwn(() -> grant(move, owned(doubtful), conditions));
                sent++;
                refusal = send(move, entry, effect);
            }
            if (clock.instant().isAfter(end)) {
                break;
            }
        }
        String failure = refusal == null
                ? find(key).flatMap(LedgerEntry::reason).orElse("")
                : String.valueOf(refusal.getMessage());
        throw unclear(move, entry, failure, seen);
    }

    /** Sends it; returns a definite no. Any doubt is committed before the first probe, so that it can be seen while it lasts. */
    private @Nullable EffectRefused send(Move move, LedgerEntry entry, Effect effect) {
        try {
            effect.apply(move.sent(entry.key()), entry.fence());
            return null;
        } catch (EffectRefused refused) {
            return refused;
        } catch (RuntimeException e) {
            LOG.warn("Whether {} happened is in doubt: {}", move.sent(entry.key()), e.toString());
            inOwn(() -> take(owned(entry), move.doubtful, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static Probe ask(Effect effect, String key) {
        try {
            return effect.probe(key);
        } catch (RuntimeException e) {
            return Probe.unclear(String.valueOf(e.getMessage()));
        }
    }

    /** Asks after which nothing that was sent before can arrive any more. */
    private static Probe askForGood(Effect effect, LedgerEntry entry) {
        try {
            effect.bar(entry.fence());
        } catch (RuntimeException e) {
            return Probe.unclear(String.valueOf(e.getMessage()));
        }
        return ask(effect, entry.key());
    }

    private LedgerEntry begin(Move move, LedgerEntry row, Optional<String> hash, Conditions conditions) {
        if (hash.filter(wanted -> !wanted.equals(row.requestHash())).isPresent()) {
            throw new EffectConflict(
                    "The effect " + row.key() + " was planned with other content than is asked for now;"
                            + " nothing was sent. A new attempt gets a new number.");
        }
        if (row.state() == move.there) {
            return row;
        }
        if (row.state() == move.begun || row.state() == move.doubtful) {
            return take(row, move.doubtful);
        }
        boolean ready = move == Move.DO
                ? row.state() == EffectState.PLANNED || row.state() == EffectState.FAILED
                : row.state() == EffectState.DONE;
        if (!ready) {
            throw new EffectConflict("The effect " + row.key() + " is "
                    + row.state().label().toLowerCase(java.util.Locale.ROOT)
                    + (move == Move.DO
                            ? " and is not done again under the same number; a new attempt gets a new one."
                            : ", so there is nothing to take back yet."));
        }
        return grant(move, row, conditions);
    }

    /** Asks the conditions, draws the next fence of the target and says that it is begun, all in one transaction. */
    private LedgerEntry grant(Move move, LedgerEntry row, Conditions conditions) {
        conditions.check();
        Instant now = clock.instant();
        jdbc.sql("update effect set state = ?, fence = ?, owner = ?, leased_until = ?, reason = null, started_at = ?,"
                        + " ended_at = null where effect_key = ?")
                .params(
                        move.begun.name(),
                        nextFence(row.target()),
                        me,
                        Timestamp.from(now.plus(settings.lease())),
                        Timestamp.from(now),
                        row.key())
                .update();
        return find(row.key()).orElseThrow();
    }

    /** Draws the fence under which no older sender is admitted any more. */
    private LedgerEntry bar(LedgerEntry row) {
        jdbc.sql("update effect set fence = ? where effect_key = ?")
                .params(nextFence(row.target()), row.key())
                .update();
        return find(row.key()).orElseThrow();
    }

    /**
     * Begins at the seconds of the clock: a target may know fences that were drawn here before the database went back to a backup, when
     * it had no row yet; as long as fewer are drawn than seconds pass, the time outruns them.
     */
    private long nextFence(String target) {
        if (raiseFence(target) == 0) {
            try {
                jdbc.sql("insert into effect_fence (target, fence) values (?, ?)")
                        .params(target, clock.instant().getEpochSecond())
                        .update();
            } catch (DuplicateKeyException somebodyWasFaster) {
                raiseFence(target);
            }
        }
        return jdbc.sql("select fence from effect_fence where target = ?")
                .param(target)
                .query(Long.class)
                .single();
    }

    private int raiseFence(String target) {
        return jdbc.sql("update effect_fence set fence = fence + 1 where target = ?")
                .param(target)
                .update();
    }

    private LedgerEntry take(LedgerEntry row, EffectState doubtful) {
        return take(row, doubtful, row.reason().orElse("whoever began it did not come back"));
    }

    private LedgerEntry take(LedgerEntry row, EffectState doubtful, String reason) {
        Instant now = clock.instant();
        if (row.heldByOther(me, now)) {
            throw new EffectBusy("Another worker is at " + row.key() + "; trying again later is the remedy.");
        }
        if (row.leftByOther(me)) {
            LOG.warn("{} on {} is taken over from a worker whose lease is over", row.step(), row.target());
            TAKEN_OVER.increment();
        }
        jdbc.sql("update effect set state = ?, owner = ?, leased_until = ?, reason = ? where effect_key = ?")
                .params(doubtful.name(), me, Timestamp.from(now.plus(settings.lease())), reason, row.key())
                .update();
        return find(row.key()).orElseThrow();
    }

    /**
     * The row as it is now, if nobody has taken it over meanwhile; whoever did is not there any more when it has finished, and its
     * fence is the same when a probe was enough.
     */
    private LedgerEntry owned(LedgerEntry mine) {
        LedgerEntry row = lock(mine.key());
        if (row.fence() != mine.fence() || !row.heldBy(me)) {
            throw new EffectBusy("Another worker has taken over " + mine.key() + "; trying again later is the remedy.");
        }
        return row;
    }

    private LedgerEntry finish(
            LedgerEntry mine, EffectState state, @Nullable String result, @Nullable String reason, Effect effect) {
        return inOwn(() -> {
            LedgerEntry row = owned(mine);
            jdbc.sql("update effect set state = ?, result = ?, reason = ?, owner = null, leased_until = null,"
                            + " ended_at = ? where effect_key = ?")
                    .params(
                            state.name(),
                            result == null ? row.result().orElse(null) : result,
                            reason,
                            Timestamp.from(clock.instant()),
                            row.key())
                    .update();
            if (result != null) {
                effect.record(result);
            }
            return find(row.key()).orElseThrow();
        });
    }

    private EffectUnclear unclear(Move move, LedgerEntry mine, String failure, String seen) {
        String cause = failure.isEmpty() || failure.equals(seen) ? seen : failure + "; a probe then saw: " + seen;
        inOwn(() -> {
            LedgerEntry row = owned(mine);
            jdbc.sql("update effect set state = ?, reason = ?, owner = null, leased_until = null where effect_key = ?")
                    .params(move.doubtful.name(), failure.isEmpty() ? seen : failure, row.key())
                    .update();
            return row;
        });
        return new EffectUnclear("It is not known whether " + mine.step() + " on " + mine.target() + " was "
                + (move == Move.DO ? "done" : "taken back") + ": " + cause
                + ". Please make sure that the target can be reached and shows one state or the other, then retry;"
                + " nothing is sent again before a probe has told.");
    }

    private boolean add(EffectRequest request) {
        if (find(request.key()).isPresent()) {
            return false;
        }
        try {
            jdbc.sql("insert into effect (effect_key, business_key, run, step, target, request_hash, undo_data, state,"
                            + " fence, planned_at) values (?, ?, ?, ?, ?, ?, ?, 'PLANNED', 0, ?)")
                    .params(
                            request.key(),
                            request.businessKey(),
                            request.run(),
                            request.step(),
                            request.target(),
                            hash(request),
                            request.undo(),
                            Timestamp.from(clock.instant()))
                    .update();
            return true;
        } catch (DuplicateKeyException somebodyWasFaster) {
            return false;
        }
    }

    private boolean replan(EffectRequest request) {
        return jdbc.sql("update effect set request_hash = ?, undo_data = ? where effect_key = ? and state = 'PLANNED'")
                        .params(hash(request), request.undo(), request.key())
                        .update()
                > 0;
    }

    private static String hash(EffectRequest request) {
        return Canonical.digest(List.of(
                request.businessKey(),
                request.run(),
                request.step(),
                request.target(),
                request.content(),
                request.undoData().orElse("")));
    }

    private LedgerEntry lock(String key) {
        return jdbc.sql("select " + COLUMNS + " from effect where effect_key = ? for update")
                .param(key)
                .query(EffectLedger::row)
                .optional()
                .orElseThrow(() -> new EffectConflict("The ledger has no effect " + key + "."));
    }

    private LedgerEntry alone(String key, Supplier<LedgerEntry> work) {
        if (!inHand.add(key)) {
            throw new EffectBusy("Another worker is at " + key + "; trying again later is the remedy.");
        }
        try {
            return work.get();
        } finally {
            inHand.remove(key);
        }
    }

    /**
     * Does it in a transaction of its own, and again where the database ended that one because of a deadlock: three workers that send to
     * a target for the first time can wait for each other at its fence, and MySQL then chooses one that loses. Nothing is sent in here.
     */
    private <T> T inOwn(Supplier<T> work) {
        T value;
        for (int attempt = 1; ; attempt++) {
            try {
                value = own.execute(status -> work.get());
                break;
            } catch (PessimisticLockingFailureException lost) {
                if (attempt == ATTEMPTS) {
                    throw lost;
                }
                LOG.debug("The ledger tries again after a deadlock", lost);
            }
        }
        if (value == null) {
            throw new IllegalStateException("A transaction of the ledger gave nothing");
        }
        return value;
    }

    private static LedgerEntry row(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                EffectState.valueOf(row.getString(8)),
                row.getLong(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                instant(row.getTimestamp(13)),
                instant(row.getTimestamp(14)),
                row.getString(15),
                instant(row.getTimestamp(16)));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
