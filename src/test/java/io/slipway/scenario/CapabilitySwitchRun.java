package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * On demand: takes away each capability in turn, in a program of its own, and shows that its tests notice. Not part of the usual run;
 * {@code mvn test -Dtest=CapabilitySwitchRun} starts it, {@code -Dslipway.test.ids=4.1,4.2} restricts it, and the result stands in
 * {@code target/capability-switch.txt}.
 */
class CapabilitySwitchRun {

    private static final int AT_ONCE = 2;
    private static final int MINUTES = 8;

    @Test
    void everyCapabilityIsMissedWhenItIsTakenAway() throws Exception {
        String chosen = System.getProperty("slipway.test.ids", "");
        List<String> ids = CapabilitySwitch.services().keySet().stream()
                .filter(id -> chosen.isEmpty() || List.of(chosen.split(",")).contains(id))
                .sorted()
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (String id : ids) {
                results.add(pool.submit(() -> without(id)));
            }
            List<String> lines = new ArrayList<>();
            for (Future<String> result : results) {
                lines.add(result.get());
            }
            Files.write(Path.of("target/capability-switch.txt"), lines);
            assertThat(lines).isNotEmpty().allMatch(line -> line.contains(" MISSED "));
        } finally {
            pool.shutdownNow();
        }
    }

    private static String without(String id) throws IOException, InterruptedException {
        Path out = Path.of("target/capability-switch-" + id + ".txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
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
        System.out.println(id + (missed ? " MISSED " : " NOT NOTICED ") + "by " + failed + " of " + found + " tests, "
                + CapabilitySwitch.hits() + " calls met it; " + first);
        try {
            System.out.flush();
        } finally {
            Runtime.getRuntime().exit(missed ? 0 : 1);
        }
    }
}
