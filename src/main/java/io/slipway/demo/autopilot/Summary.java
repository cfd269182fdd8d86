package io.slipway.demo.autopilot;

import io.slipway.demo.DemoTraffic;
import io.slipway.release.Part;
import io.slipway.release.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of the releases of the demo.
 *
 * @param lines one for each release, in the order in which they were played
 * @param expectedVersion the version that production is to serve at the end
 * @param capabilities everything that Slipway can do, with what the database holds of it from these releases
 */
public record Summary(List<Line> lines, String expectedVersion, List<Evidence.Touched> capabilities) {

    private static final int LABEL = 16;
    private static final int COLUMN = 44;

    /** Keeps its own copy. */
    public Summary {
        lines = List.copyOf(lines);
        capabilities = List.copyOf(capabilities);
    }

    /**
     * One release.
     *
     * @param expected how it was to end
     * @param outcome how it ended; empty while it runs
     * @param duration from request to end
     * @param releaseClass its class
     * @param approvals how many approvals were given in the last round
     * @param parts names of the people by their part
     * @param deployments how many deployments it had, in all environments
     * @param rollbacks how often production was put back
     * @param auditEntries how many entries the audit trail has of it
     * @param traffic what the client saw meanwhile; empty when the release had ended before
     * @param served the version that production served right after its end
     */
    public record Line(
            String release,
            ReleaseOutcome expected,
            Optional<ReleaseOutcome> outcome,
            Duration duration,
            String releaseClass,
            int approvals,
            Map<Part, List<String>> parts,
            int deployments,
            int rollbacks,
            int auditEntries,
            Optional<DemoTraffic> traffic,
            String served) {

        /** Keeps its own copy, ordered. */
        public Line {
            parts = new TreeMap<>(parts);
        }

        boolean asTold() {
            return outcome.filter(expected::equals).isPresent()
                    && traffic.map(seen -> seen.failures() == 0 && seen.requests() > 0)
                            .orElse(true);
        }

        private String who(Part part) {
            return String.join(", ", parts.getOrDefault(part, List.of("nobody")));
        }
    }

    /** Whether all releases ended as they were to, no request failed, and production serves what it is to. */
    public boolean asTold() {
        return lines.stream().allMatch(Line::asTold)
                && lines.get(lines.size() - 1).served().equals(expectedVersion);
    }

    /** The table that people read. */
    public String table() {
        List<String> rows = new ArrayList<>();
        rows.add(row("", Line::release));
        rows.add(
                row("outcome", line -> line.outcome().map(ReleaseOutcome::label).orElse("still running")));
        rows.add(row("duration", line -> line.duration().toSeconds() + " s"));
        rows.add(row("class", Line::releaseClass));
        rows.add(row("requested by", line -> line.who(Part.REQUESTER)));
        rows.add(row("authors", line -> line.who(Part.AUTHOR)));
        rows.add(row("approved by", line -> line.who(Part.APPROVER)));
        rows.add(row("deployed by", line -> line.who(Part.DEPLOYER)));
        rows.add(row("approvals", line -> String.valueOf(line.approvals())));
        rows.add(row("deployments", line -> String.valueOf(line.deployments())));
        rows.add(row("rollbacks", line -> String.valueOf(line.rollbacks())));
        rows.add(row("audit entries", line -> String.valueOf(line.auditEntries())));
        rows.add(row("client", line -> line.traffic()
                .map(seen -> seen.requests() + " requests, " + seen.failures() + " failed")
                .orElse("ended before")));
        rows.add(row("served at end", Line::served));
        rows.add(
                asTold()
                        ? "Both releases went as told."
                        : "Not everything went as told: see outcome, failed requests and the version served.");
        rows.add("");
        long touched = capabilities.stream().filter(Evidence.Touched::touched).count();
        rows.add("Capabilities touched: " + touched + " of " + capabilities.size() + ", as the database shows");
        capabilities.forEach(capability -> rows.add("  " + capability));
        return String.join(System.lineSeparator(), rows);
    }

    private String row(String label, Function<Line, String> cell) {
        return lines.stream()
                .map(line -> ("%-" + COLUMN + "s").formatted(cell.apply(line)))
                .collect(Collectors.joining("", ("%-" + LABEL + "s").formatted(label), ""))
                .stripTrailing();
    }
}
