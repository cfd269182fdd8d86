package io.slipway.scope;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The most valuable set of items that fits into a capacity and has, with every item, whatever that item needs.
 *
 * <p>Branch and bound. The bound prices the capacity instead of limiting it (Lagrange): what is then best without a limit is a closure
 * of greatest weight, which a minimum cut finds; one that fits nearly fills the capacity, so that most items are settled before the
 * search begins and the rest takes a moment. A general constraint solver knows only the bound of the knapsack, which passes over the
 * needs, and does not finish with two hundred items.
 */
final class Selection {

    /** Prices are whole numbers of this fraction, so that every bound is exact. */
    private static final long SCALE = 1 << 16;

    private static final long ENDLESS = Long.MAX_VALUE / 8;
    private static final int THOROUGH = 400;

    private static final byte FREE = 0;
    private static final byte IN = 1;
    private static final byte OUT = 2;

    private final long[] values;
    private final int[] efforts;
    private final int[][] needs;
    private final int[][] neededBy;
    private final long capacity;
    private final BooleanSupplier late;

    private long price;
    private BitSet best = new BitSet();
    private long bestValue = -1;
    private boolean proven = true;

    /**
     * An item to select.
     *
     * @param value what it is worth, not negative
     * @param effort what it takes of the capacity, not negative
     * @param needs positions of the items that it needs
     */
    record Candidate(long value, int effort, List<Integer> needs) {

        Candidate {
            needs = List.copyOf(needs);
        }
    }

    /**
     * What was found.
     *
     * @param chosen positions of the items
     * @param proven whether nothing better exists; false when the time was up before that was known
     */
    record Result(BitSet chosen, boolean proven) {}

    private Selection(List<Candidate> items, long capacity, BooleanSupplier late) {
        this.values = items.stream().mapToLong(Candidate::value).toArray();
        this.efforts = items.stream().mapToInt(Candidate::effort).toArray();
        this.needs = items.stream()
                .map(item -> item.needs().stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
        this.neededBy = turned(needs);
        this.capacity = capacity;
        this.late = late;
    }

    /**
     * Selects.
     *
     * @param fixed positions of items that are in whatever they are worth; they and what they need must fit
     * @param late whether the time is up
     */
    static Result best(List<Candidate> items, BitSet fixed, long capacity, BooleanSupplier late) {
        Selection selection = new Selection(items, capacity, late);
        byte[] state = new byte[items.size()];
        fixed.stream().forEach(i -> selection.take(state, i));
        selection.search(state);
        return new Result(selection.best, selection.proven);
    }

    private static int[][] turned(int[][] needs) {
        List<List<Integer>> turned = new ArrayList<>();
        Arrays.stream(needs).forEach(none -> turned.add(new ArrayList<>()));
        for (int i = 0; i < needs.length; i++) {
            for (int needed : needs[i]) {
                turned.get(needed).add(i);
            }
        }
        return turned.stream()
                .map(list -> list.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
    }

    private void search(byte[] state) {
        BitSet all = bestWithout(0, state);
        if (effort(all) <= capacity) {
            keep(all);
            return;
        }
        // The lowest price at which the best without a limit fits; there is one, as what is fixed fits.
        long low = 0;
        long high = SCALE * (1 + Arrays.stream(values).sum());
        BitSet fitting = new BitSet();
        while (low < high) {
            long middle = (low + high) / 2;
            BitSet found = bestWithout(middle, state);
            if (effort(found) <= capacity) {
                high = middle;
                fitting = found;
            } else {
                low = middle + 1;
            }
        }
        price = high;
        fill(fitting.isEmpty() ? bestWithout(price, state) : fitting);
        settle(state);
        branch(state);
    }

    /** Settles every item without which, or with which, nothing can be better than what is known. */
    private void settle(byte[] state) {
        for (int i = 0; i < state.length && !late.getAsBoolean(); i++) {
            if (state[i] == FREE) {
                byte[] with = state.clone();
                take(with, i);
                if (bound(with) <= bestValue) {
                    leave(state, i);
                } else {
                    byte[] without = state.clone();
                    leave(without, i);
                    if (bound(without) <= bestValue) {
                        take(state, i);
                    }
                }
            }
        }
    }

    private void branch(byte[] state) {
        if (late.getAsBoolean()) {
            proven = false;
            return;
        }
        BitSet found = bestWithout(price, state);
        if (bound(found) <= bestValue) {
            return;
        }
        if (effort(found) <= capacity) {
            keep(found);
        }
        int next = -1;
        for (int i = 0; i < state.length; i++) {
            if (state[i] == FREE && (next < 0 || gain(i) < gain(next))) {
                next = i;
            }
        }
        if (next < 0) {
            return;
        }
        byte[] first = state.clone();
        byte[] second = state.clone();
        if (found.get(next)) {
            take(first, next);
            leave(second, next);
        } else {
            leave(first, next);
            take(second, next);
        }
        branch(first);
        branch(second);
    }

    /** How clear it is whether an item is worth its price: the least clear one is decided on first. */
    private long gain(int i) {
        return Math.abs(values[i] * SCALE - times(price, efforts[i]));
    }

    /** Adds to a set that fits what gives most for its effort, with what that needs, as long as something fits. */
    private void fill(BitSet start) {
        BitSet set = (BitSet) start.clone();
        if (values.length <= THOROUGH) {
            BitSet larger = larger(set);
            while (!larger.equals(set)) {
                set = larger;
                larger = larger(set);
            }
        } else {
            List<Integer> byWorth = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -(double) values[i] / Math.max(1, efforts[i])))
                    .toList();
            for (int i : byWorth) {
                BitSet with = closed(i);
                with.or(set);
                if (values[i] > 0 && effort(with) <= capacity) {
                    set = with;
                }
            }
        }
        keep(set);
    }

    private BitSet larger(BitSet set) {
        BitSet larger = set;
        double most = -1;
        for (int i = 0; i < values.length; i++) {
            if (!set.get(i)) {
                BitSet with = closed(i);
                with.or(set);
                long effort = effort(with) - effort(set);
                double worth = (double) (value(with) - value(set)) / Math.max(1, effort);
                if (worth > 0 && worth > most && effort(with) <= capacity) {
                    most = worth;
                    larger = with;
                }
            }
        }
        return larger;
    }

    private void keep(BitSet set) {
        long value = value(set);
        if (value > bestValue) {
            bestValue = value;
            best = (BitSet) set.clone();
        }
    }

    private void take(byte[] state, int item) {
        closed(item).stream().forEach(i -> state[i] = IN);
    }

    private void leave(byte[] state, int item) {
        Deque<Integer> toFollow = new ArrayDeque<>(List.of(item));
        while (!toFollow.isEmpty()) {
            int next = toFollow.remove();
            if (state[next] != OUT) {
                state[next] = OUT;
                Arrays.stream(neededBy[next]).forEach(toFollow::add);
            }
        }
    }

    private BitSet closed(int item) {
        BitSet closed = new BitSet();
        Deque<Integer> toFollow = new ArrayDeque<>(List.of(item));
        while (!toFollow.isEmpty()) {
            int next = toFollow.remove();
            if (!closed.get(next)) {
                closed.set(next);
                Arrays.stream(needs[next]).forEach(toFollow::add);
            }
        }
        return closed;
    }

    private long value(BitSet set) {
        return set.stream().mapToLong(i -> values[i]).sum();
    }

    private long effort(BitSet set) {
        return set.stream().mapToLong(i -> efforts[i]).sum();
    }

    private long bound(byte[] state) {
        return bound(bestWithout(price, state));
    }

    /** What no set that fits can exceed, from what is best without a limit at the present price. */
    private long bound(BitSet set) {
        return Math.floorDiv(value(set) * SCALE + times(price, capacity - effort(set)), SCALE);
    }

    /** A product, or at least a number so far from nought that it decides the same. */
    private static long times(long one, long other) {
        long most = ENDLESS / 2;
        if (one == 0 || Math.abs(other) <= most / one) {
            return one * other;
        }
        return other > 0 ? most : -most;
    }

    /** What is best at a price for the capacity and without a limit, among the sets that keep to what is settled. */
    private BitSet bestWithout(long at, byte[] state) {
        Cut cut = new Cut(
                values.length,
                Arrays.stream(needs).mapToInt(needed -> needed.length).sum());
        for (int i = 0; i < values.length; i++) {
            long weight =
                    switch (state[i]) {
                        case IN -> ENDLESS;
                        case OUT -> -ENDLESS;
                        default -> values[i] * SCALE - times(at, efforts[i]);
                    };
            if (weight > 0) {
                cut.edge(cut.source, i, weight);
            } else if (weight < 0) {
                cut.edge(i, cut.sink, -weight);
            }
            for (int needed : needs[i]) {
                cut.edge(i, needed, ENDLESS);
            }
        }
        return cut.side();
    }

    /** A minimum cut by Dinic's algorithm. */
    private static final class Cut {

        final int source;
        final int sink;
        private final int[] first;
        private final int[] next;
        private final int[] target;
        private final long[] rest;
        private final int[] level;
        private int edges;

        Cut(int nodes, int arcs) {
            this.source = nodes;
            this.sink = nodes + 1;
            this.first = new int[nodes + 2];
            Arrays.fill(first, -1);
            this.level = new int[nodes + 2];
            int most = 2 * (nodes + arcs);
            this.next = new int[most];
            this.target = new int[most];
            this.rest = new long[most];
        }

        void edge(int from, int to, long most) {
            half(from, to, most);
            half(to, from, 0);
        }

        private void half(int from, int to, long most) {
            target[edges] = to;
            rest[edges] = most;
            next[edges] = first[from];
            first[from] = edges++;
        }

        /** The items on the side of the source once nothing more can flow. */
        BitSet side() {
            while (levels()) {
                int[] from = first.clone();
                while (push(source, ENDLESS, from) > 0) {
                    // until this level graph is full
                }
            }
            BitSet side = new BitSet();
            IntStream.range(0, source).filter(i -> level[i] >= 0).forEach(side::set);
            return side;
        }

        private boolean levels() {
            Arrays.fill(level, -1);
            level[source] = 0;
            Deque<Integer> toFollow = new ArrayDeque<>(List.of(source));
            while (!toFollow.isEmpty()) {
                int node = toFollow.remove();
                for (int edge = first[node]; edge >= 0; edge = next[edge]) {
                    if (rest[edge] > 0 && level[target[edge]] < 0) {
                        level[target[edge]] = level[node] + 1;
                        toFollow.add(target[edge]);
                    }
                }
            }
            return level[sink] >= 0;
        }

        private long push(int node, long most, int[] from) {
            if (node == sink) {
                return most;
            }
            for (; from[node] >= 0; from[node] = next[from[node]]) {
                int edge = from[node];
                if (rest[edge] > 0 && level[target[edge]] == level[node] + 1) {
                    long pushed = push(target[edge], Math.min(most, rest[edge]), from);
                    if (pushed > 0) {
                        rest[edge] -= pushed;
                        rest[edge ^ 1] += pushed;
                        return pushed;
                    }
                }
            }
            return 0;
        }
    }
}
