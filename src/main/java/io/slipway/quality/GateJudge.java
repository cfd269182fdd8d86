package io.slipway.quality;

import io.slipway.platform.process.RuleTable;
import io.slipway.quality.GateExplanation.Criterion;
import io.slipway.quality.GateExplanation.Report;
import io.slipway.quality.GateExplanation.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Explains what the table {@code gate-verdict} says of some facts, whatever rules the process owners wrote into it: requirements and
 * remedies are found by asking the same table with other figures.
 */
final class GateJudge {

    private static final int MOST_TESTS = 1_000_000;
    private static final int MOST_SETS = 3;

    private final RuleTable table;
    private final GateFacts facts;
    private final GateSettings.Effort effort;
    private final Map<GateFacts, Verdict> answers = new HashMap<>();
    private final GateFacts best;

    GateJudge(RuleTable table, GateFacts facts, GateSettings.Effort effort) {
        this.table = table;
        this.facts = facts;
        this.effort = effort;
        this.best = best();
    }

    /** Figures that nothing speaks against, with as many tests as the table wants if it wants more than there are. */
    private GateFacts best() {
        GateFacts flawless = facts.withFailed(0)
                .withSkipped(0)
                .withFlaky(0)
                .withMissing(List.of())
                .withErrors(0)
                .withWarnings(0)
                .withCoverage(100);
        int measured = Math.max(1, facts.testsTotal());
        return IntStream.concat(
                        IntStream.of(measured),
                        IntStream.iterate(10, more -> more <= MOST_TESTS, more -> more * 10)
                                .filter(more -> more > measured))
                .mapToObj(flawless::withTests)
                .filter(this::passes)
                .findFirst()
                .orElseGet(() -> flawless.withTests(measured));
    }

    /** A figure that is too high when it is above some limit. */
    private enum Count {
        FAILED("Failed tests", "failed"),
        SKIPPED("Skipped tests", "skipped"),
        FLAKY("Flaky tests", "flaky"),
        ERRORS("Security findings of level error", "open security errors"),
        WARNINGS("Security findings of level warning", "open security warnings");

        private final String label;
        private final String word;

        Count(String label, String word) {
            this.label = label;
            this.word = word;
        }

        int of(GateFacts facts) {
            return switch (this) {
                case FAILED -> facts.testsFailed();
                case SKIPPED -> facts.testsSkipped();
                case FLAKY -> facts.testsFlaky();
                case ERRORS -> facts.securityErrors();
                case WARNINGS -> facts.securityWarnings();
            };
        }

        GateFacts in(GateFacts facts, int value) {
            return switch (this) {
                case FAILED -> facts.withFailed(value);
                case SKIPPED -> facts.withSkipped(value);
                case FLAKY -> facts.withFlaky(value);
                case ERRORS -> facts.withErrors(value);
                case WARNINGS -> facts.withWarnings(value);
            };
        }

        /** How much it takes to better one of them. */
        int effort(GateSettings.Effort effort) {
            return switch (this) {
                case FAILED -> effort.failedTest();
                case SKIPPED -> effort.skippedTest();
                case FLAKY -> effort.flakyTest();
                case ERRORS -> effort.securityError();
                case WARNINGS -> effort.securityWarning();
            };
        }
    }

    /** A way to better figures, and how much it takes. */
    private record Step(String words, long effort, UnaryOperator<GateFacts> applied) {}

    /** What the table says; a table that says nothing does not pass. */
    Verdict verdict() {
        return verdict(facts);
    }

    private Verdict verdict(GateFacts asked) {
        return table.evaluate(asked.inputs())
                        .filter(fired -> Verdict.PASSED.name().equals(fired.value()))
                        .isPresent()
                ? Verdict.PASSED
                : Verdict.FAILED;
    }

    GateExplanation explanation(List<Report> evidence) {
        Optional<RuleTable.Fired> fired = table.evaluate(facts.inputs());
        Rule rule = new Rule(
                table.decision(),
                table.version(),
                table.digest(),
                fired.map(RuleTable.Fired::rule).orElse(""),
                fired.map(RuleTable.Fired::because).orElse("No rule of the table fits these figures."));
        return new GateExplanation(
                facts, rule, criteria(evidence), verdict() == Verdict.PASSED ? breaks() : repairs(), evidence);
    }

    private List<Criterion> criteria(List<Report> evidence) {
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(new Criterion(
                "Evidence",
                facts.evidencePresent() ? evidence.size() + (evidence.size() == 1 ? " report" : " reports") : "none",
                "at least one report",
                facts.evidencePresent()));
        criteria.add(new Criterion(
                "Tests",
                String.valueOf(facts.testsTotal()),
                fewest().stream()
                        .mapToObj(least -> "at least " + least)
                        .findFirst()
                        .orElse("cannot be met"),
                passes(best.withTests(facts.testsTotal()))));
        for (Count count : Count.values()) {
            criteria.add(new Criterion(
                    count.label,
                    String.valueOf(count.of(facts)),
                    required(count),
                    passes(count.in(best, count.of(facts)))));
        }
        criteria.add(new Criterion(
                "Required kinds of evidence",
                facts.missingKinds().isEmpty() ? "complete" : "without " + String.join(", ", facts.missingKinds()),
                passes(best.withMissing(List.of("any"))) ? "none" : "all that this stage requires",
                passes(best.withMissing(facts.missingKinds()))));
        criteria.add(new Criterion(
                "Coverage of lines",
                facts.coveragePercent() == GateFacts.NOT_MEASURED ? "not measured" : facts.coveragePercent() + " %",
                leastCoverage().stream()
                        .mapToObj(least -> least == 0 ? "any" : "at least " + least + " % where it is measured")
                        .findFirst()
                        .orElse("cannot be met"),
                passes(best.withCoverage(facts.coveragePercent()))));
        return criteria;
    }

    /** Lowest percentage that would be accepted; empty when no percentage would be. */
    private OptionalInt leastCoverage() {
        if (!passes(best)) {
            return OptionalInt.empty();
        }
        int refused = -1;
        int accepted = 100;
        while (accepted - refused > 1) {
            int middle = refused + (accepted - refused) / 2;
            if (passes(best.withCoverage(middle))) {
                accepted = middle;
            } else {
                refused = middle;
            }
        }
        return OptionalInt.of(accepted);
    }

    private String required(Count count) {
        IntStream most = most(count).stream();
        return most.mapToObj(limit -> limit == Integer.MAX_VALUE ? "any number" : "at most " + limit)
                .findFirst()
                .orElse("cannot be met");
    }

    /** Fewest tests that would be accepted; empty when no number of them would be. */
    private OptionalInt fewest() {
        if (!passes(best)) {
            return OptionalInt.empty();
        }
        int accepted = 1;
        while (accepted < best.testsTotal() && !passes(best.withTests(accepted))) {
            accepted = Math.min(best.testsTotal(), accepted * 2);
        }
        int refused = accepted / 2;
        while (accepted - refused > 1) {
            int middle = refused + (accepted - refused) / 2;
            if (passes(best.withTests(middle))) {
                accepted = middle;
            } else {
                refused = middle;
            }
        }
        return OptionalInt.of(accepted);
    }

    /** Highest number that would be accepted; empty when not even none would be. */
    private OptionalInt most(Count count) {
        if (!passes(best)) {
            return OptionalInt.empty();
        }
        if (passes(count.in(best, Integer.MAX_VALUE))) {
            return OptionalInt.of(Integer.MAX_VALUE);
        }
        int accepted = 0;
        int refused = 1;
        while (passes(count.in(best, refused))) {
            accepted = refused;
            refused = refused > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : refused * 2;
        }
        while (refused - accepted > 1) {
            int middle = accepted + (refused - accepted) / 2;
            if (passes(count.in(best, middle))) {
                accepted = middle;
            } else {
                refused = middle;
            }
        }
        return OptionalInt.of(accepted);
    }

    /** The sets of better figures with which the gate passes and of which none can be left out, the cheapest first. */
    private List<String> repairs() {
        List<Step> steps = steps();
        List<List<Step>> found = new ArrayList<>();
        for (int size = 1; size <= steps.size(); size++) {
            for (List<Step> set : combinations(steps, size)) {
                if (found.stream().noneMatch(set::containsAll) && passes(applied(set))) {
                    found.add(set);
                }
            }
        }
        if (found.isEmpty()) {
            return List.of("No better figures of tests pass this gate; a waiver or another table would.");
        }
        return found.stream()
                .sorted(Comparator.comparingLong(GateJudge::effort))
                .limit(MOST_SETS)
                .map(set -> "With " + set.stream().map(Step::words).collect(Collectors.joining(" and "))
                        + " the gate passes"
                        + (found.size() == 1 ? "." : ", for an effort of " + effort(set) + "."))
                .toList();
    }

    private GateFacts applied(List<Step> set) {
        GateFacts better = facts;
        for (Step step : set) {
            better = step.applied().apply(better);
        }
        return better;
    }

    private static long effort(List<Step> set) {
        return set.stream().mapToLong(Step::effort).sum();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        fewest().ifPresent(least -> {
            if (facts.testsTotal() < least || !facts.evidencePresent()) {
                steps.add(new Step(
                        "at least " + least + (least == 1 ? " test" : " tests") + " (now " + facts.testsTotal() + ")",
                        (long) effort.missingTest() * Math.max(1, least - facts.testsTotal()),
                        asked -> asked.withTests(Math.max(least, asked.testsTotal()))));
            }
        });
        for (Count count : Count.values()) {
            most(count).ifPresent(limit -> {
                if (count.of(facts) > limit) {
                    steps.add(new Step(
                            "at most " + limit + " " + count.word + " (now " + count.of(facts) + ")",
                            (long) count.effort(effort) * (count.of(facts) - limit),
                            asked -> count.in(asked, limit)));
                }
            });
        }
        if (!facts.missingKinds().isEmpty()) {
            steps.add(new Step(
                    "the missing evidence (" + String.join(", ", facts.missingKinds()) + ")",
                    (long) effort.missingReport() * facts.missingKinds().size(),
                    asked -> asked.withMissing(List.of())));
        }
        leastCoverage().ifPresent(least -> {
            if (facts.coveragePercent() < least && !passes(best.withCoverage(facts.coveragePercent()))) {
                steps.add(new Step(
                        "a coverage of at least " + least + " % (now "
                                + (facts.coveragePercent() < 0 ? "not measured" : facts.coveragePercent() + " %") + ")",
                        (long) effort.coveragePoint() * (least - Math.max(0, facts.coveragePercent())),
                        asked -> asked.withCoverage(least)));
            }
        });
        return steps;
    }

    private static List<List<Step>> combinations(List<Step> steps, int size) {
        return IntStream.range(1, 1 << steps.size())
                .filter(bits -> Integer.bitCount(bits) == size)
                .mapToObj(bits -> IntStream.range(0, steps.size())
                        .filter(index -> (bits & (1 << index)) != 0)
                        .mapToObj(steps::get)
                        .toList())
                .toList();
    }

    /** The smallest changes with which a passed gate would fail. */
    private List<String> breaks() {
        List<String> breaks = new ArrayList<>();
        fewest().ifPresent(least ->
                breaks.add("With fewer than " + least + (least == 1 ? " test" : " tests") + " the gate fails."));
        for (Count count : Count.values()) {
            most(count).ifPresent(limit -> {
                if (limit < Integer.MAX_VALUE) {
                    breaks.add("With more than " + limit + " " + count.word + " the gate fails.");
                }
            });
        }
        leastCoverage().ifPresent(least -> {
            if (least > 0) {
                breaks.add("With a coverage below " + least + " % the gate fails.");
            }
        });
        return breaks;
    }

    private boolean passes(GateFacts asked) {
        return answers.computeIfAbsent(asked, this::verdict) == Verdict.PASSED;
    }
}
