package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * On demand: takes away each capability in turn, in a program of its own, and shows that its tests notice. Not part of the usual run;
 * {@code mvn test -Dtest=CapabilitySwitchRun} starts it, {@code -Dslipway.test.ids=4.1,4.2} restricts it, and the result stands in
 * {@code target/capability-switch.txt}, one line for each capability as soon as it is known. A run that was stopped goes on there, as
 * long as the same classes are tested; what was not missed is tried again.
 */
class CapabilitySwitchRun {

    private static final int AT_ONCE = 2;
    private static final int MINUTES = 8;
    private static final String MISSED = " MISSED ";
    private static final String STAMP = "# of classes ";
    private static final Path RESULT = Path.of("target/capability-switch.txt");

    @Test
    void everyCapabilityIsMissedWhenItIsTakenAway() throws Exception {
        Set<String> ids = chosen();
        Map<String, String> lines = known();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (String id : ids) {
                if (!lines.getOrDefault(id, "").contains(MISSED)) {
                    results.add(pool.submit(() -> keep(lines, id, without(id))));
                }
            }
            for (Future<String> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(ids.stream().map(id -> lines.getOrDefault(id, id + " UNCLEAR: no result")))
                .isNotEmpty()
                .allMatch(line -> line.contains(MISSED));
    }

    /** The ids to try, of which each is one. */
    private static Set<String> chosen() {
        Set<String> all = new TreeSet<>(CapabilitySwitch.services().keySet());
        String named = System.getProperty("slipway.test.ids", "");
        if (named.isBlank()) {
            return all;
        }
        Set<String> chosen = new TreeSet<>(Arrays.asList(named.strip().split("\\s*,\\s*")));
        assertThat(all).as("capabilities").containsAll(chosen);
        return chosen;
    }

    /** What a run of the same classes has shown before. */
    private static Map<String, String> known() throws IOException, NoSuchAlgorithmException {
        Map<String, String> lines = new TreeMap<>();
        String stamp = STAMP + digest();
        List<String> before = Files.exists(RESULT) ? Files.readAllLines(RESULT) : List.of();
        if (before.contains(stamp)) {
            before.stream()
                    .filter(line -> !line.startsWith("#") && line.contains(" "))
                    .forEach(line -> lines.put(line.substring(0, line.indexOf(' ')), line));
        }
        Files.write(
                RESULT, Stream.concat(Stream.of(stamp), lines.values().stream()).toList());
        return lines;
    }

    private static String keep(Map<String, String> lines, String id, String line) throws IOException {
        synchronized (lines) {
            lines.put(id, line);
            String stamp = Files.readAllLines(RESULT).get(0);
            Files.write(
                    RESULT,
                    Stream.concat(Stream.of(stamp), lines.values().stream()).toList());
        }
        return line;
    }

    /** Changes with every class and every resource that is tested. */
    private static String digest() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path folder : List.of(Path.of("target/classes"), Path.of("target/test-classes"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String without(String id) throws IOException, InterruptedException {
        Path out = Path.of("target/capability-switch-" + id + ".txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Duser.timezone=UTC",
                        "-D" + CapabilitySwitch.PROPERTY + "=" + id,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CapabilitySwitchRun.class.getName(),
                        id)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!child.waitFor(MINUTES, TimeUnit.MINUTES)) {
            child.destroyForcibly();
            return id + " UNCLEAR: not done after " + MINUTES + " minutes";
        }
        return Files.readAllLines(out, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith(id + " "))
                .findFirst()
                .orElse(id + " UNCLEAR: see " + out);
    }

    /** Runs the tests of one capability and says in one line whether they missed it. */
    public static void main(String[] arguments) {
        String id = arguments[0];
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(CapabilityTests.of(id).stream()
                        .map(test -> DiscoverySelectors.selectMethod(test.getDeclaringClass(), test))
                        .toList())
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary);
        long found = summary.getSummary().getTestsFoundCount();
        // A test that fails before it begins, such as in what it prepares, has missed it as well.
        long failed = summary.getSummary().getTotalFailureCount();
        boolean missed = failed > 0 && CapabilitySwitch.hits() > 0;
        String first = summary.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName() + ": "
                        + String.valueOf(failure.getException().getMessage())
                                .lines()
                                .findFirst()
                                .orElse(""))
                .findFirst()
                .orElse("");
        summary.getSummary().getFailures().forEach(failure -> failure.getException()
                .printStackTrace(System.out));
        System.out.println(id + (missed ? MISSED : " NOT NOTICED ") + "by " + failed + " of " + found + " tests, "
                + CapabilitySwitch.hits() + " calls met it; " + first);
        try {
            System.out.flush();
        } finally {
            Runtime.getRuntime().exit(missed ? 0 : 1);
        }
    }
}
