package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Kills the program at each crash point of a release that goes to production and is taken back, and at pairs of points one after the
 * other; each time the next start has to bring everything to the same end. Run on demand; {@code target/crash-points.txt} has one line for
 * each case as soon as it is known, and a run that was stopped goes on where it stood as long as the classes are the same.
 */
class CrashPointsRun {

    private static final int AT_ONCE = 2;
    private static final int PAIRS = 20;
    private static final long SEED = 20_240_401;
    private static final String FINE = ": as undisturbed";
    private static final String STAMP = "# of classes ";
    private static final Path RESULT = Path.of("target/crash-points.txt");

    private final Map<String, String> lines = new LinkedHashMap<>();
    private final Queue<int[]> cases = new ConcurrentLinkedQueue<>();

    @Test
    void endsTheSameWhereverItDies() throws Exception {
        String stamp = STAMP + digest();
        readKnown(stamp);
        Path program = CrashRig.pack(Path.of("target/crash/program"));
        try (CrashRig first = new CrashRig(program, Path.of("target/crash/1"));
                CrashRig second = new CrashRig(program, Path.of("target/crash/2"))) {
            ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
            try {
                first.prepare();
                CrashRig.Outcome undisturbed = first.undisturbed();
                Files.write(Path.of("target/crash/points.txt"), undisturbed.points());
                Files.write(Path.of("target/crash/state.txt"), undisturbed.state());
                plan(undisturbed.points().size());
                keep(stamp, "# points", "# points " + undisturbed.points().size());
                List<Future<Boolean>> hands = new ArrayList<>();
                hands.add(pool.submit(() -> work(first, undisturbed.state(), stamp)));
                hands.add(pool.submit(() -> {
                    second.prepare();
                    return work(second, undisturbed.state(), stamp);
                }));
                for (Future<Boolean> hand : hands) {
                    hand.get();
                }
            } finally {
                pool.shutdownNow();
            }
        }
        assertThat(lines.entrySet().stream()
                        .filter(line -> !line.getKey().startsWith("#"))
                        .map(Map.Entry::getValue))
                .isNotEmpty()
                .allMatch(line -> line.contains(FINE));
    }

    /** In an order in which any beginning is spread over the whole way. */
    private void plan(int points) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= points; number++) {
            numbers.add(number);
        }
        Random random = new Random(SEED);
        Collections.shuffle(numbers, random);
        int wanted = Integer.getInteger("slipway.crash.points", points);
        List<int[]> pairs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            int at = 1 + random.nextInt(points - 1);
            pairs.add(new int[] {at, 1 + random.nextInt(points - at)});
        }
        List<int[]> singles =
                numbers.stream().limit(wanted).map(number -> new int[] {number}).toList();
        Stream.concat(singles.stream(), pairs.stream())
                .filter(deaths -> !lines.getOrDefault(named(deaths), "").contains(FINE))
                .forEach(cases::add);
    }

    private Boolean work(CrashRig rig, List<String> wanted, String stamp) throws IOException, InterruptedException {
        for (int[] deaths = cases.poll(); deaths != null; deaths = cases.poll()) {
            CrashRig.Outcome outcome = rig.carry(deaths);
            keep(stamp, named(deaths), named(deaths) + outcome.verdict(wanted));
        }
        return true;
    }

    private static String named(int[] deaths) {
        return Arrays.stream(deaths).mapToObj(String::valueOf).collect(Collectors.joining(" then "));
    }

    private void readKnown(String stamp) throws IOException {
        List<String> before = Files.exists(RESULT) ? Files.readAllLines(RESULT) : List.of();
        if (before.contains(stamp)) {
            before.stream()
                    .filter(line -> !line.startsWith("#") && line.contains(":"))
                    .forEach(line -> lines.put(line.substring(0, line.indexOf(':')), line));
        }
    }

    private void keep(String stamp, String key, String line) throws IOException {
        synchronized (lines) {
            lines.put(key, line);
            Files.write(
                    RESULT,
                    Stream.concat(Stream.of(stamp), lines.values().stream()).toList());
        }
    }

    /** Changes with every class and every resource of the program. */
    private static String digest() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
