package io.slipway.packaging.contracts;

import io.slipway.integration.contracts.Contract;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semver4j.Semver;

/** What the contracts say of versions that run together; unknown is never taken for compatible. */
final class Matrix {

    /** Most steps of an order for which a safe order is looked for; there are two to the power of them states. */
    static final int MOST_STEPS = 14;

    private final List<Contract> contracts;

    Matrix(List<Contract> contracts) {
        this.contracts = List.copyOf(contracts);
    }

    /** A system that gets a version. */
    record Step(String system, String version) {}

    /**
     * What runs together after a number of steps.
     *
     * @param after what was done last; empty at the beginning
     * @param versions version of each system that runs
     * @param problems what speaks against it, one sentence each
     */
    record State(Optional<Step> after, Map<String, String> versions, List<String> problems) {

        State {
            versions = Map.copyOf(versions);
            problems = List.copyOf(problems);
        }

        boolean compatible() {
            return problems.isEmpty();
        }
    }

    /** What speaks against these versions running together; a consumer needs its providers to run there. */
    List<String> problems(Map<String, String> running) {
        Map<String, List<Contract>> byPair = new TreeMap<>();
        for (Contract contract : contracts) {
            if (running.containsKey(contract.consumer())) {
                byPair.computeIfAbsent(contract.consumer() + " " + contract.provider(), pair -> new ArrayList<>())
                        .add(contract);
            }
        }
        List<String> problems = new ArrayList<>();
        byPair.values().forEach(among -> problem(among, running).ifPresent(problems::add));
        return problems;
    }

    /** What speaks against a consumer and a provider, given what is known of them. */
    private static Optional<String> problem(List<Contract> among, Map<String, String> running) {
        Contract any = among.get(0);
        String consumer = running.getOrDefault(any.consumer(), "");
        String provider = running.get(any.provider());
        List<Contract> ofConsumer = among.stream()
                .filter(contract -> within(consumer, contract.consumerFrom(), contract.consumerBelow()))
                .toList();
        if (provider == null) {
            return Optional.of(
                    ofConsumer.isEmpty()
                            ? any.consumer() + " " + consumer + " was never verified without " + any.provider()
                                    + ", which does not run at this point; please deploy it before, or retire the"
                                    + " contracts when it is not needed any more."
                            : any.consumer() + " " + consumer + " needs " + any.provider()
                                    + ", which does not run at this point; please deploy it before.");
        }
        List<Contract> about = ofConsumer.stream()
                .filter(contract -> within(provider, contract.providerFrom(), contract.providerBelow()))
                .toList();
        String together = any.consumer() + " " + consumer + " with " + any.provider() + " " + provider;
        Optional<Contract> broken =
                about.stream().filter(contract -> !contract.works()).findFirst();
        if (broken.isPresent()) {
            return Optional.of(together + " does not work: " + broken.get().evidence());
        }
        return about.isEmpty()
                ? Optional.of(together + " was never verified; please run their contract tests and enter the result.")
                : Optional.empty();
    }

    private static boolean within(String version, String from, Optional<String> below) {
        Semver asked = Semver.parse(version);
        Semver first = Semver.parse(from);
        if (asked == null || first == null || asked.compareTo(first) < 0) {
            return false;
        }
        return below.map(Semver::parse).map(end -> asked.compareTo(end) < 0).orElse(below.isEmpty());
    }

    /** Every state from the beginning to the end of an order. */
    List<State> walk(Map<String, String> now, List<Step> order) {
        List<State> states = new ArrayList<>();
        Map<String, String> running = new TreeMap<>(now);
        states.add(new State(Optional.empty(), running, problems(running)));
        for (Step step : order) {
            running = new TreeMap<>(running);
            running.put(step.system(), step.version());
            states.add(new State(Optional.of(step), running, problems(running)));
        }
        return states;
    }

    /**
     * An order of the same steps in which everything that runs together after each step works together; the way back in the reverse
     * order meets the same states, so it is safe as well.
     *
     * @return empty when there is none, or the steps are too many to try
     */
    Optional<List<Step>> safeOrder(Map<String, String> now, List<Step> steps) {
        if (steps.size() > MOST_STEPS) {
            return Optional.empty();
        }
        BitSet seen = new BitSet();
        Map<Integer, Integer> cameBy = new HashMap<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(0));
        seen.set(0);
        int all = (1 << steps.size()) - 1;
        while (!open.isEmpty()) {
            int done = open.remove();
            for (int next = 0; next < steps.size(); next++) {
                int then = done | (1 << next);
                if (then != done
                        && !seen.get(then)
                        && problems(after(now, steps, then)).isEmpty()) {
                    seen.set(then);
                    cameBy.put(then, next);
                    open.add(then);
                }
            }
        }
        if (!seen.get(all)) {
            return Optional.empty();
        }
        List<Step> order = new ArrayList<>();
        for (int state = all; state != 0; ) {
            int last = cameBy.getOrDefault(state, 0);
            order.add(0, steps.get(last));
            state &= ~(1 << last);
        }
        return Optional.of(order);
    }

    private static Map<String, String> after(Map<String, String> now, List<Step> steps, int done) {
        Map<String, String> running = new TreeMap<>(now);
        for (int index = 0; index < steps.size(); index++) {
            if ((done & (1 << index)) != 0) {
                running.put(steps.get(index).system(), steps.get(index).version());
            }
        }
        return running;
    }
}
