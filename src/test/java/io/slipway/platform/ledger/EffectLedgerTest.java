package io.slipway.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slipway.Capability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Capability({"5.5", "5.6"})
@SuppressWarnings("NullAway.Init")
class EffectLedgerTest {

    private static final String KEY = "r-1/p1/production/1/switchTraffic/production:storefront";
    private static final LedgerSettings SETTINGS = new LedgerSettings(
            Duration.ofSeconds(30),
            List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2)),
            Duration.ofSeconds(12),
            3);
    private static final EffectLedger.Conditions NONE = () -> {};
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** The first of a target that nothing was sent to before. */
    private static final long FENCE = NOON.getEpochSecond();

    /** The process dies: nothing after this line runs, so it is no exception that code could handle. */
    private static final class ProcessDied extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final MovableClock clock = new MovableClock();
    private final List<Duration> waits = new ArrayList<>();
    private final JournaledTarget target = new JournaledTarget("v1");
    private final Effect toV2 = target.set("v2", "v1");
    private final Effect backToV1 = target.set("v1", "v2");
    private JdbcConnectionPool database;
    private JdbcClient jdbc;
    private BreakableCommits commits;
    private EffectLedger ledger;

    @BeforeEach
    void open() {
        database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .placeholders(java.util.Map.of("tableOptions", ""))
                .load()
                .migrate();
        jdbc = JdbcClient.create(database);
        commits = new BreakableCommits(database);
        ledger = node();
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    private EffectLedger node() {
        return new EffectLedger(jdbc, commits, clock, SETTINGS, time -> {
            waits.add(time);
            clock.move(time);
        });
    }

    private static EffectRequest request(Object content) {
        return new EffectRequest(
                KEY, "storefront-2.4.0", "production/1", "switchTraffic", "production/storefront", content, "{}");
    }

    private EffectState state() {
        return ledger.find(KEY).orElseThrow().state();
    }

    @Test
    void anEffectHappensOnceAndItsOutcomeIsKept() {
        LedgerEntry first = ledger.perform(request("v2"), NONE, toV2);
        LedgerEntry second = ledger.perform(
                request("v2"),
                () -> {
                    throw new AssertionError("nobody is asked about what is done");
                },
                toV2);

        assertThat(first.state()).isEqualTo(EffectState.DONE);
        assertThat(first.result()).contains("is v2");
        assertThat(second.result()).contains("is v2");
        assertThat(target.journal()).hasSize(1);
    }

    @Test
    void otherContentUnderTheSameKeyIsRefused() {
        ledger.perform(request("v2"), NONE, toV2);

        assertThatThrownBy(() -> ledger.perform(request("v3"), NONE, target.set("v3", "v2")))
                .isInstanceOf(EffectConflict.class)
                .hasMessageContaining("other content");
        assertThat(target.value()).isEqualTo("v2");
    }

    @Test
    void theRowSaysStartedBeforeTheFirstByteGoesOut() {
        List<EffectState> seen = new ArrayList<>();
        target.whenARequestArrives(() -> seen.add(state()));

        ledger.perform(request("v2"), NONE, toV2);

        assertThat(seen).containsExactly(EffectState.STARTED);
    }

    @Test
    void conditionsAreAskedInTheTransactionThatWritesStarted() {
        jdbc.sql("create table witness (note varchar(20))").update();
        List<Boolean> inTransaction = new ArrayList<>();
        EffectLedger.Conditions refusing = () -> {
            inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            jdbc.sql("insert into witness values ('refused')").update();
            throw new IllegalStateException("The window is closed.");
        };

        assertThatThrownBy(() -> ledger.perform(request("v2"), refusing, toV2)).hasMessage("The window is closed.");
        assertThat(inTransaction).containsExactly(true);
        assertThat(jdbc.sql("select count(*) from witness").query(Long.class).single())
                .as("what the refused condition wrote is rolled back with STARTED")
                .isZero();
        assertThat(state()).isEqualTo(EffectState.PLANNED);
        assertThat(target.journal()).isEmpty();

        ledger.perform(
                request("v2"),
                () -> jdbc.sql("insert into witness values ('allowed')").update(),
                toV2);
        assertThat(jdbc.sql("select note from witness").query(String.class).list())
                .containsExactly("allowed");
    }

    @Test
    void aDefiniteRefusalIsFailedAndLaterSentUnderANewFence() {
        target.failOnceBeforeTheChange(() -> new EffectRefused("the service does not run"));

        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2))
                .isInstanceOf(EffectRefused.class)
                .hasMessage("the service does not run");
        LedgerEntry failed = ledger.find(KEY).orElseThrow();
        assertThat(failed.state()).isEqualTo(EffectState.FAILED);
        assertThat(failed.reason()).contains("the service does not run");

        LedgerEntry done = ledger.perform(request("v2"), NONE, toV2);
        assertThat(done.fence()).isGreaterThan(failed.fence());
        assertThat(target.journal()).hasSize(1);
    }

    @Test
    void aLostAnswerIsFoundByAProbeAndNothingIsSentAgain() {
        target.failOnceAfterTheChange(() -> new IllegalStateException("read timed out"));

        LedgerEntry done = ledger.perform(request("v2"), NONE, toV2);

        assertThat(done.state()).isEqualTo(EffectState.DONE);
        assertThat(target.journal()).hasSize(1);
    }

    @Test
    void whatAProbeFindsUnchangedIsSentAgainUnderTheNextFence() {
        target.failOnceBeforeTheChange(() -> new IllegalStateException("connection reset"));
        List<String> asked = new ArrayList<>();

        LedgerEntry done = ledger.perform(request("v2"), () -> asked.add("now"), toV2);

        assertThat(done.state()).isEqualTo(EffectState.DONE);
        assertThat(done.fence()).isEqualTo(FENCE + 1);
        assertThat(target.journal()).containsExactly(new JournaledTarget.Change(KEY, FENCE + 1, "v2"));
        assertThat(asked).as("the conditions are asked before each sending").hasSize(2);
    }

    @Test
    void whatNoProbeCanTellStaysUnknownUntilOneCan() {
        target.failOnceAfterTheChange(() -> new IllegalStateException("read timed out"));
        target.blind(true);

        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2))
                .isInstanceOf(EffectUnclear.class)
                .hasMessageContaining("no answer")
                .hasMessageContaining("then retry");
        assertThat(state()).isEqualTo(EffectState.UNKNOWN);
        assertThat(ledger.open("storefront-2.4.0")).hasSize(1);
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(20));

        target.blind(false);
        assertThat(ledger.perform(request("v2"), NONE, toV2).state()).isEqualTo(EffectState.DONE);
        assertThat(target.journal()).hasSize(1);
        assertThat(ledger.open("storefront-2.4.0")).isEmpty();
    }

    @Test
    void somebodyElsesStateIsNeverOverwritten() {
        JournaledTarget foreign = new JournaledTarget("foreign");
        foreign.failOnceBeforeTheChange(() -> new IllegalStateException("connection reset"));

        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, foreign.set("v2", "v1")))
                .isInstanceOf(EffectUnclear.class)
                .hasMessageContaining("is foreign");
        assertThat(foreign.journal()).isEmpty();
    }

    /** Where the process dies. */
    private enum Crash {
        IN_THE_COMMIT_OF_STARTED,
        AFTER_THE_COMMIT_OF_STARTED,
        BEFORE_THE_CHANGE,
        AFTER_THE_CHANGE,
        IN_THE_COMMIT_OF_DONE,
        AFTER_THE_COMMIT_OF_DONE
    }

    @ParameterizedTest
    @EnumSource(Crash.class)
    void afterACrashAnywhereTheEffectHasHappenedOnce(Crash crash) {
        ledger.plan(List.of(request("v2")));
        plant(crash, 1);

        assertThat(catchThrowable(() -> ledger.perform(request("v2"), NONE, toV2)))
                .as("the crash")
                .isNotNull();
        clock.move(SETTINGS.lease());
        LedgerEntry done = node().perform(request("v2"), NONE, toV2);

        assertThat(done.state()).isEqualTo(EffectState.DONE);
        assertThat(target.journal()).hasSize(1);
        assertThat(target.value()).isEqualTo("v2");
    }

    @ParameterizedTest
    @EnumSource(Crash.class)
    void afterACrashAnywhereTheEffectIsTakenBackOnce(Crash crash) {
        ledger.perform(request("v2"), NONE, toV2);
        plant(crash, 0);

        assertThat(catchThrowable(() -> ledger.undo(KEY, NONE, backToV1)))
                .as("the crash")
                .isNotNull();
        clock.move(SETTINGS.lease());
        LedgerEntry undone = node().undo(KEY, NONE, backToV1);

        assertThat(undone.state()).isEqualTo(EffectState.UNDONE);
        assertThat(target.journal()).hasSize(2);
        assertThat(target.value()).isEqualTo("v1");
    }

    private void plant(Crash crash, int commitsBeforeStarted) {
        switch (crash) {
            case IN_THE_COMMIT_OF_STARTED -> commits.failCommit(commitsBeforeStarted, false);
            case AFTER_THE_COMMIT_OF_STARTED -> commits.failCommit(commitsBeforeStarted, true);
            case BEFORE_THE_CHANGE -> target.failOnceBeforeTheChange(ProcessDied::new);
            case AFTER_THE_CHANGE -> target.failOnceAfterTheChange(ProcessDied::new);
            case IN_THE_COMMIT_OF_DONE -> commits.failCommit(commitsBeforeStarted + 1, false);
            case AFTER_THE_COMMIT_OF_DONE -> commits.failCommit(commitsBeforeStarted + 1, true);
        }
    }

    @Test
    void aWorkerLeavesAloneWhatAnotherNodeHasJustBegun() {
        target.failOnceBeforeTheChange(ProcessDied::new);
        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2)).isInstanceOf(ProcessDied.class);

        EffectLedger other = node();
        assertThatThrownBy(() -> other.perform(request("v2"), NONE, toV2)).isInstanceOf(EffectBusy.class);
        assertThat(target.journal()).isEmpty();

        clock.move(SETTINGS.lease());
        assertThat(other.perform(request("v2"), NONE, toV2).state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void ofTwoWorkersAtOnceOneSendsIt() throws Exception {
        for (List<EffectLedger> workers : List.of(List.of(ledger, ledger), List.of(ledger, node()))) {
            JournaledTarget fresh = new JournaledTarget("v1");
            EffectRequest request =
                    new EffectRequest(UUID.randomUUID().toString(), "storefront-2.4.0", "r", "s", "t", "v2", null);
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            fresh.whenARequestArrives(() -> {
                arrived.countDown();
                await(goOn);
            });
            ExecutorService hands = Executors.newFixedThreadPool(2);
            try {
                Future<LedgerEntry> first =
                        hands.submit(() -> workers.get(0).perform(request, NONE, fresh.set("v2", "v1")));
                await(arrived);
                Future<LedgerEntry> second =
                        hands.submit(() -> workers.get(1).perform(request, NONE, fresh.set("v2", "v1")));
                assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(EffectBusy.class);
                goOn.countDown();
                assertThat(first.get(10, TimeUnit.SECONDS).state()).isEqualTo(EffectState.DONE);
            } finally {
                goOn.countDown();
                hands.shutdownNow();
            }
            assertThat(fresh.journal()).hasSize(1);
        }
    }

    @Test
    void aHolderThatSleptThroughItsLeaseIsStoppedByTheFence() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        target.whenARequestArrives(() -> {
            if (asleep.getCount() > 0) {
                asleep.countDown();
                await(awake);
            }
        });
        ExecutorService hands = Executors.newSingleThreadExecutor();
        try {
            Future<LedgerEntry> sleeper = hands.submit(() -> ledger.perform(request("v2"), NONE, toV2));
            await(asleep);
            clock.move(SETTINGS.lease());
            LedgerEntry done = node().perform(request("v2"), NONE, toV2);
            assertThat(done.fence()).isEqualTo(FENCE + 1);

            awake.countDown();
            assertThatThrownBy(() -> sleeper.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(EffectBusy.class);
        } finally {
            awake.countDown();
            hands.shutdownNow();
        }
        assertThat(target.journal()).containsExactly(new JournaledTarget.Change(KEY, FENCE + 1, "v2"));
        assertThat(state()).isEqualTo(EffectState.DONE);
    }

    @Test
    void whatWasTakenBackIsNotDoneAgainUnderTheSameNumber() {
        ledger.perform(request("v2"), NONE, toV2);
        ledger.undo(KEY, NONE, backToV1);
        ledger.undo(KEY, NONE, backToV1);

        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2))
                .isInstanceOf(EffectConflict.class)
                .hasMessageContaining("undone");
        assertThat(target.journal()).hasSize(2);
        assertThat(target.value()).isEqualTo("v1");
    }

    @Test
    void whatWasNeverDoneIsNotTakenBack() {
        ledger.plan(List.of(request("v2")));

        assertThatThrownBy(() -> ledger.undo(KEY, NONE, backToV1)).isInstanceOf(EffectConflict.class);
        assertThat(target.journal()).isEmpty();
    }

    @Test
    void settlingFindsOutWithoutSending() {
        target.failOnceBeforeTheChange(ProcessDied::new);
        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2)).isInstanceOf(ProcessDied.class);

        assertThat(ledger.settle(KEY, toV2).state()).isEqualTo(EffectState.FAILED);
        assertThat(target.journal()).isEmpty();

        target.failOnceAfterTheChange(ProcessDied::new);
        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2)).isInstanceOf(ProcessDied.class);
        assertThat(ledger.settle(KEY, toV2).state()).isEqualTo(EffectState.DONE);
        assertThat(target.journal()).hasSize(1);
    }

    @Test
    void whatWasSettledAsNotDoneIsNotDoneLater() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        target.whenARequestArrives(() -> {
            asleep.countDown();
            await(awake);
        });
        ExecutorService hands = Executors.newSingleThreadExecutor();
        try {
            Future<LedgerEntry> sleeper = hands.submit(() -> ledger.perform(request("v2"), NONE, toV2));
            await(asleep);
            clock.move(SETTINGS.lease());
            assertThat(node().settle(KEY, toV2).state()).isEqualTo(EffectState.FAILED);

            awake.countDown();
            assertThatThrownBy(() -> sleeper.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(EffectBusy.class);
        } finally {
            awake.countDown();
            hands.shutdownNow();
        }
        assertThat(target.journal()).isEmpty();
        assertThat(state()).isEqualTo(EffectState.FAILED);
    }

    @Test
    void nothingIsSettledAsLongAsTheTargetCannotBeToldWhoIsBarred() {
        target.failOnceBeforeTheChange(ProcessDied::new);
        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2)).isInstanceOf(ProcessDied.class);
        target.deaf(true);

        assertThatThrownBy(() -> ledger.settle(KEY, toV2))
                .isInstanceOf(EffectUnclear.class)
                .hasMessageContaining("not reached");
        assertThat(state()).isEqualTo(EffectState.UNKNOWN);

        target.deaf(false);
        assertThat(ledger.settle(KEY, toV2).state()).isEqualTo(EffectState.FAILED);
    }

    @Test
    void effectsKeepTheOrderInWhichTheyWerePlannedAndFencesGrowPerTarget() {
        EffectRequest transfer =
                new EffectRequest("k/1", "storefront-2.4.0", "production/1", "transfer", "a", "x", null);
        EffectRequest start = new EffectRequest("k/2", "storefront-2.4.0", "production/1", "start", "a", "x", null);
        EffectRequest other = new EffectRequest("k/3", "storefront-2.4.0", "production/1", "switch", "b", "x", null);
        ledger.plan(List.of(transfer, start, other));

        long second = ledger.perform(start, NONE, new JournaledTarget("v1").set("v2", "v1"))
                .fence();
        long first = ledger.perform(transfer, NONE, new JournaledTarget("v1").set("v2", "v1"))
                .fence();
        long third = ledger.perform(other, NONE, new JournaledTarget("v1").set("v2", "v1"))
                .fence();

        assertThat(ledger.ofRun("storefront-2.4.0", "production/1"))
                .extracting(LedgerEntry::step)
                .containsExactly("transfer", "start", "switch");
        assertThat(List.of(second, first, third)).containsExactly(FENCE, FENCE + 1, FENCE);
    }

    @Test
    void fencesThatTheDatabaseHasForgottenAreOutrun() {
        ledger.perform(request("v2"), NONE, toV2);
        long seen = ledger.undo(KEY, NONE, backToV1).fence();
        for (String table : List.of("effect", "effect_fence")) {
            jdbc.sql("delete from " + table).update();
        }
        clock.move(Duration.ofMinutes(1));

        EffectRequest later = new EffectRequest(
                KEY + "/2", "storefront-2.4.0", "production/2", "switchTraffic", "production/storefront", "v3", null);
        LedgerEntry done = node().perform(later, NONE, target.set("v3", "v1"));

        assertThat(done.fence()).isGreaterThan(seen);
        assertThat(target.journal()).as("what was sent once").hasSize(3);
        assertThat(target.value()).isEqualTo("v3");
    }

    @Test
    void aPlanMayChangeUntilItIsBegun() {
        ledger.plan(List.of(request("v2")));
        ledger.plan(List.of(request("v3")));

        assertThatThrownBy(() -> ledger.perform(request("v2"), NONE, toV2)).isInstanceOf(EffectConflict.class);
        assertThat(ledger.perform(request("v3"), NONE, target.set("v3", "v1")).state())
                .isEqualTo(EffectState.DONE);
        ledger.plan(List.of(request("v2")));
        assertThat(ledger.perform(request("v3"), NONE, toV2).state()).isEqualTo(EffectState.DONE);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class MovableClock extends Clock {

        private volatile Instant now = NOON;

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
