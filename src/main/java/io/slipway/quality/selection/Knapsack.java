package io.slipway.quality.selection;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.Solution;
import org.chocosolver.solver.Solver;
import org.chocosolver.solver.search.strategy.Search;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;

/**
 * Chooses what is worth most under a budget. The densest items are searched exactly; whatever the search has no time for is bounded
 * by what a choice of fractions would reach, so that the result says how far from the best it can be.
 */
final class Knapsack {

    private static final int MOST_SEARCHED = 300;

    private Knapsack() {}

    /** Something to choose: how much it takes and what it is worth, both at least 1. */
    record Item(long id, int weight, int worth) {}

    /**
     * What was chosen.
     *
     * @param worth what it is worth together
     * @param most what no choice can exceed
     */
    record Choice(Set<Long> ids, long worth, long most) {

        /** Whether no other choice is worth more. */
        boolean exact() {
            return worth == most;
        }
    }

    static Choice choose(List<Item> items, int budget, Duration patience) {
        List<Item> dense = items.stream()
                .filter(item -> item.weight() <= budget)
                .sorted(Comparator.comparingDouble((Item item) -> -(double) item.worth() / item.weight())
                        .thenComparingLong(Item::id))
                .toList();
        long fractional = fractional(dense, budget);
        List<Item> searched = dense.subList(0, Math.min(MOST_SEARCHED, dense.size()));
        if (searched.isEmpty()) {
            return new Choice(Set.of(), 0, 0);
        }
        int sum = (int) searched.stream().mapToLong(Item::worth).sum();
        Model model = new Model("tests");
        BoolVar[] taken = model.boolVarArray("taken", searched.size());
        IntVar weight = model.intVar("weight", 0, budget);
        IntVar worth = model.intVar("worth", 0, sum);
        model.knapsack(
                        taken,
                        weight,
                        worth,
                        searched.stream().mapToInt(Item::weight).toArray(),
                        searched.stream().mapToInt(Item::worth).toArray())
                .post();
        Solver solver = model.getSolver();
        solver.setSearch(Search.inputOrderUBSearch(taken));
        solver.limitTime(patience.toMillis());
        Solution best = solver.findOptimalSolution(worth, Model.MAXIMIZE);
        Choice greedy = greedy(dense, budget, fractional);
        if (best == null) {
            return greedy;
        }
        long found = best.getIntVal(worth);
        boolean proved = solver.isObjectiveOptimal() && searched.size() == dense.size();
        Choice exact = new Choice(
                IntStream.range(0, taken.length)
                        .filter(index -> best.getIntVal(taken[index]) == 1)
                        .mapToObj(index -> searched.get(index).id())
                        .collect(Collectors.toUnmodifiableSet()),
                found,
                proved ? found : fractional);
        return greedy.worth() > exact.worth() ? greedy : exact;
    }

    /** What choosing fractions would be worth, rounded down: no whole choice is worth more. */
    private static long fractional(List<Item> dense, int budget) {
        double worth = 0;
        long left = budget;
        for (Item item : dense) {
            long used = Math.min(left, item.weight());
            worth += (double) item.worth() * used / item.weight();
            left -= used;
        }
        return (long) Math.floor(worth + 1e-6);
    }

    private static Choice greedy(List<Item> dense, int budget, long most) {
        boolean[] taken = new boolean[dense.size()];
        long left = budget;
        long worth = 0;
        for (int index = 0; index < taken.length; index++) {
            Item item = dense.get(index);
            if (item.weight() <= left) {
                taken[index] = true;
                left -= item.weight();
                worth += item.worth();
            }
        }
        return new Choice(
                IntStream.range(0, taken.length)
                        .filter(index -> taken[index])
                        .mapToObj(index -> dense.get(index).id())
                        .collect(Collectors.toUnmodifiableSet()),
                worth,
                most);
    }

    /** Worth of everything, for telling what is left out. */
    static long worth(List<Item> items) {
        return Arrays.stream(items.stream().mapToLong(Item::worth).toArray()).sum();
    }
}
