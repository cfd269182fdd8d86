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
import java.util.Optional;
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
 * Kills the program at each crash point of a release that goes to production and is taken back, and at some twice in a row; each time the
 * next start has to bring everything to the same end. Run on demand; {@code target/crash-points.txt} has one line for each case as soon as
 * it is known, and a run that was stopped goes on where it stood as long as the classes are the same.
 *
 * <p>{@code slipway.crash.points} says how many points are tried; {@code slipway.crash.in-a-row} how many of them one release dies at, one
 * life after the other, which takes less time. A case that did not come by one of its points was not carried out and is no success; of
 * those that die twice in a row another point is tried instead.
 */
class CrashPointsRun {

    private static final int AT_ONCE = 2;
    private static final int PAIRS = 20;
    private static final long SEED = 20_240_401;
    private static final String TWICE = "(\\d+) then \\1";
    private static final String STAMP = "# of classes ";
    private static final Path RESULT = Path.of("target/crash-points.txt");
    private static final Path POINTS = Path.of("target/crash-points-undisturbed.txt");
    private static final Path STATE = Path.of("target/crash-state-undisturbed.txt");
    private static final String NUMBER = "# points ";

    private final Map<String, String> lines = new LinkedHashMap<>();
    private final Queue<int[]> cases = new ConcurrentLinkedQueue<>();
    private final Queue<int[]> spares = new ConcurrentLinkedQueue<>();
    private int pairs;

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
                CrashRig.Outcome undisturbed = undisturbed(first, stamp);
                plan(undisturbed.points().size());
                List<Future<Boolean>> hands = new ArrayList<>();
                hands.add(pool.submit(() -> work(first, undisturbed, stamp)));
                hands.add(pool.submit(() -> {
                    second.prepare();
                    return work(second, undisturbed, stamp);
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
                        .filter(line -> !(line.getKey().matches(TWICE)
                                && line.getValue().contains(CrashRig.MISSED)))
                        .map(Map.Entry::getValue))
                .isNotEmpty()
                .allMatch(line -> line.contains(CrashRig.FINE));
        assertThat(lines.entrySet().stream()
                        .filter(line ->
                                line.getKey().matches(TWICE) && line.getValue().contains(CrashRig.FINE)))
                .as("points at which it died twice in a row")
                .hasSizeGreaterThanOrEqualTo(pairs);
    }

    /** As it was found before where the program is still the same: numbers of points stay what they are in what is known. */
    private CrashRig.Outcome undisturbed(CrashRig rig, String stamp) throws IOException, InterruptedException {
        if (lines.containsKey(NUMBER)) {
            return new CrashRig.Outcome(
                    Files.readAllLines(POINTS), Files.readAllLines(STATE), List.of(), List.of(), "");
        }
        CrashRig.Outcome undisturbed = rig.undisturbed();
        Files.write(POINTS, undisturbed.points());
        Files.write(STATE, undisturbed.state());
        keep(stamp, NUMBER, NUMBER + undisturbed.points().size());
        return undisturbed;
    }

    /** In an order in which any beginning is spread over the whole way. */
    private void plan(int points) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= points; number++) {
            numbers.add(number);
        }
        Random random = new Random(SEED);
        Collections.shuffle(numbers, random);
        List<Integer> wanted = numbers.subList(0, Math.min(points, Integer.getInteger("slipway.crash.points", points)));
        int inARow = Integer.getInteger("slipway.crash.in-a-row", 1);
        List<int[]> planned = new ArrayList<>();
        for (int first = 0; first < wanted.size(); first += inARow) {
            planned.add(wanted.subList(first, Math.min(wanted.size(), first + inARow)).stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray());
        }
        // A life that begins after a point need not come by there again; then the next number takes its turn.
        List<int[]> twice = numbers.stream()
                .map(number -> new int[] {number, number})
                .filter(deaths -> !lines.getOrDefault(named(deaths), "").contains(CrashRig.MISSED))
                .toList();
        pairs = Math.min(PAIRS, wanted.size());
        twice.stream().limit(pairs).forEach(planned::add);
        twice.stream().skip(pairs).forEach(spares::add);
        planned.stream()
                .filter(deaths -> !lines.getOrDefault(named(deaths), "").contains(CrashRig.FINE))
                .forEach(cases::add);
    }

    private Boolean work(CrashRig rig, CrashRig.Outcome undisturbed, String stamp)
            throws IOException, InterruptedException {
        for (int[] deaths = cases.poll(); deaths != null; deaths = cases.poll()) {
            CrashRig.Outcome outcome = rig.carry(undisturbed.points(), deaths);
            String verdict = outcome.verdict(undisturbed.state());
            keep(stamp, named(deaths), named(deaths) + verdict);
            if (named(deaths).matches(TWICE) && verdict.startsWith(CrashRig.MISSED)) {
                Optional.ofNullable(spares.poll()).ifPresent(cases::add);
            }
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
            before.stream().filter(line -> line.startsWith(NUMBER)).forEach(line -> lines.put(NUMBER, line));
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
