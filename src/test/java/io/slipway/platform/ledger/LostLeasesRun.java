package io.slipway.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred workers that sleep through their leases, on demand; {@code target/lost-leases.txt} says of each how it was refused. One in
 * ten is a process that is stopped and continued by signals, the others are threads.
 */
class LostLeasesRun {

    private static final int CASES = 200;
    private static final int AT_ONCE = 8;
    private static final int A_PROCESS_EVERY = 10;
    private static final Path RESULT = Path.of("target/lost-leases.txt");

    @TempDir
    Path data;

    @Test
    void whoeverSleptThroughTheLeaseIsRefusedEveryTime() throws Exception {
        List<String> lines = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try (LostLeases leases = new LostLeases(data)) {
            List<Future<String>> cases = new ArrayList<>();
            for (long seed = 1; seed <= CASES; seed++) {
                long drawn = seed;
                cases.add(pool.submit(() -> tried(leases, drawn)));
            }
            for (Future<String> result : cases) {
                lines.add(result.get());
            }
        } finally {
            pool.shutdownNow();
            lines.sort(Comparator.comparing(line -> Integer.valueOf(line.substring(0, line.indexOf(' ')))));
            Files.write(RESULT, lines);
        }
        assertThat(lines).hasSize(CASES).noneMatch(line -> line.contains("NOT REFUSED"));
    }

    private static String tried(LostLeases leases, long seed) throws Exception {
        try {
            return leases.lose(seed, seed % A_PROCESS_EVERY == 0);
        } catch (AssertionError e) {
            return seed + " NOT REFUSED " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }
}
