package io.slipway.platform.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A worker in a process of its own, which can be stopped in the middle; it says on its output where it is and how it ended. */
final class StaleWorker {

    /** Said where it can be stopped; it goes on when it is told so on its input and runs again. */
    static final String HERE = "HERE";

    /** Said at the end, followed by what the ledger said. */
    static final String ENDED = "ENDED ";

    /** Leases as short as in the harness. */
    static final LedgerSettings SETTINGS = new LedgerSettings(
            Duration.ofSeconds(2),
            List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(500)),
            Duration.ofSeconds(12),
            3);

    private StaleWorker() {}

    /** Where a worker sleeps through its lease. */
    enum Place {
        BEFORE_IT_SENDS,
        AFTER_IT_HAS_SENT
    }

    /** A node of its own. */
    static EffectLedger node(DataSource database) {
        return new EffectLedger(
                JdbcClient.create(database), new JdbcTransactionManager(database), Clock.systemUTC(), SETTINGS);
    }

    static EffectRequest request(String key, String system) {
        return new EffectRequest(key, "storefront-2.4.0", "run", "takeAway", "staging:" + system, system, null);
    }

    /** Does one effect: address of the database, directory and port of the agent, key, system, place. */
    public static void main(String[] arguments) {
        JdbcConnectionPool database = JdbcConnectionPool.create(arguments[0], "sa", "");
        AgentRoutes agent = new AgentRoutes(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        Place place = Place.valueOf(arguments[5]);
        Effect effect = agent.taking(
                arguments[4],
                () -> pauseAt(place == Place.BEFORE_IT_SENDS),
                () -> pauseAt(place == Place.AFTER_IT_HAS_SENT),
                () -> System.out.println("RECORDED"));
        String end;
        try {
            end = node(database)
                    .perform(request(arguments[3], arguments[4]), () -> {}, effect)
                    .toString();
        } catch (EffectBusy | EffectRefused refused) {
            end = refused.getClass().getSimpleName();
        }
        System.out.println(ENDED + end);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void pauseAt(boolean here) {
        if (here) {
            System.out.println(HERE);
            System.out.flush();
            try {
                if (System.in.read() < 0) {
                    throw new IllegalStateException("Nobody is there any more");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
