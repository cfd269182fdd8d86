package io.slipway.quality.selection;

import java.util.List;
import java.util.Set;

/**
 * Tests chosen under a budget.
 *
 * @param budgetSeconds the time there is
 * @param changedComponents components that the release changes
 * @param chosen names of the tests to run
 * @param chosenSeconds how long they take, rounded up
 * @param omitted names of the tests left out, the riskiest first
 * @param omittedRisk percent of the risk of all tests that is left out, rounded up
 * @param exact whether no other choice leaves less risk out
 * @param gap percent of the risk by which a better choice could at most differ; 0 when it is exact
 */
public record TestSelection(
        int budgetSeconds,
        Set<String> changedComponents,
        List<String> chosen,
        long chosenSeconds,
        List<String> omitted,
        int omittedRisk,
        boolean exact,
        int gap) {

    /** Keeps copies. */
    public TestSelection {
        changedComponents = Set.copyOf(changedComponents);
        chosen = List.copyOf(chosen);
        omitted = List.copyOf(omitted);
    }

    /** What it says, in one sentence. */
    public String sentence() {
        return chosen.size() + " of " + (chosen.size() + omitted.size()) + " tests are run in " + chosenSeconds
                + " of " + budgetSeconds + " seconds; what is left out carries " + omittedRisk + " % of the risk"
                + (exact ? "." : ", at most " + gap + " % more than the best choice.");
    }
}
