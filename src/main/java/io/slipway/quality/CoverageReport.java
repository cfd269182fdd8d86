package io.slipway.quality;

import java.util.List;
import java.util.Optional;

/**
 * What a report of coverage says of the whole build.
 *
 * @param counters the counters of the whole report
 */
public record CoverageReport(List<Counter> counters) {

    /** Keeps a copy of the list. */
    public CoverageReport {
        counters = List.copyOf(counters);
    }

    /**
     * One counter.
     *
     * @param type LINE, BRANCH, INSTRUCTION, COMPLEXITY, METHOD or CLASS
     */
    public record Counter(String type, long missed, long covered) {}

    /** The counter of this type. */
    public Optional<Counter> counter(String type) {
        return counters.stream().filter(counter -> counter.type().equals(type)).findFirst();
    }

    /** Lines that were measured. */
    long lines() {
        return counter("LINE").map(line -> line.missed() + line.covered()).orElse(0L);
    }

    /** Lines that tests ran through. */
    long coveredLines() {
        return counter("LINE").map(Counter::covered).orElse(0L);
    }

    /** Percent of lines, rounded down; empty when no line was measured. */
    public Optional<Integer> percent() {
        return lines() == 0 ? Optional.empty() : Optional.of((int) (coveredLines() * 100 / lines()));
    }
}
