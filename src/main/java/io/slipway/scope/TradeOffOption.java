package io.slipway.scope;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A way out of a clash, as it was computed, with its effect on value, date and risk.
 *
 * @param key how it is named in answers, such as {@code DEFER}
 * @param label what is done, in a few words
 * @param capacity person days that the scope may then take
 * @param target day on which the release is then wanted; null when nobody said one
 * @param in keys of the items that are then in
 * @param out keys of the items that are in now, or must be, and then are not
 * @param deferred whether those are left to a later release
 * @param value what is then in is worth
 * @param effort person days that it takes
 * @param risk highest risk of what is then in, 1 to 5
 * @param effect all of that in a sentence
 */
public record TradeOffOption(
        String key,
        String label,
        int capacity,
        @Nullable String target,
        List<String> in,
        List<String> out,
        boolean deferred,
        int value,
        int effort,
        int risk,
        String effect) {

    /** Copies the lists. */
    public TradeOffOption {
        in = List.copyOf(in);
        out = List.copyOf(out);
    }

    /** What the options are computed from. */
    record Ground(
            List<NewItem> items,
            Set<String> included,
            Set<String> delivered,
            Set<String> needed,
            Proposal.Terms terms,
            java.time.@Nullable LocalDate target,
            java.time.LocalDate today,
            int capacityPerDay) {}

    /** What an owner would rather have: another capacity, another day, or both. */
    record Counter(@Nullable Integer capacity, java.time.@Nullable LocalDate target) {}

    /** Two to four ways out, and one more for each counter-offer. */
    static List<TradeOffOption> computed(Ground ground, List<Counter> counters) {
        List<TradeOffOption> options = new ArrayList<>();
        Set<String> kept = selected(ground, ground.terms().capacity(), ground.needed());
        int capacity = ground.terms().capacity();
        options.add(option(ground, "DROP", "Leave out what does not fit", capacity, ground.target(), kept, false));
        options.add(option(
                ground, "DEFER", "Leave what does not fit to a later release", capacity, ground.target(), kept, true));
        Set<String> everything = new LinkedHashSet<>(ground.included());
        everything.addAll(ground.needed());
        Set<String> all = selected(ground, Integer.MAX_VALUE, everything, everything);
        int missing = effort(ground, all) - capacity;
        if (missing > 0) {
            int days = (missing + ground.capacityPerDay() - 1) / ground.capacityPerDay();
            java.time.LocalDate later = (ground.target() == null ? ground.today() : ground.target()).plusDays(days);
            options.add(option(
                    ground,
                    "MOVE",
                    "Release " + days + (days == 1 ? " day" : " days") + " later with everything",
                    capacity + days * ground.capacityPerDay(),
                    later,
                    all,
                    false));
            options.add(option(
                    ground,
                    "RAISE",
                    "Raise the capacity by " + missing + " person days",
                    capacity + missing,
                    ground.target(),
                    all,
                    false));
        }
        for (int i = 0; i < counters.size(); i++) {
            Counter counter = counters.get(i);
            int more = counter.target() == null
                    ? 0
                    : (int) Math.max(
                            0,
                            Math.min(
                                    1_000,
                                    java.time.temporal.ChronoUnit.DAYS.between(
                                            ground.target() == null ? ground.today() : ground.target(),
                                            counter.target())));
            int then = (counter.capacity() == null ? capacity : counter.capacity()) + more * ground.capacityPerDay();
            options.add(option(
                    ground,
                    "COUNTER_" + (i + 1),
                    "Counter-offer: " + then + " person days"
                            + (counter.target() == null ? "" : ", wanted on " + counter.target()),
                    then,
                    counter.target() == null ? ground.target() : counter.target(),
                    selected(ground, then, ground.needed()),
                    true));
        }
        return List.copyOf(options);
    }

    private static Set<String> selected(Ground ground, int capacity, Set<String> wanted) {
        Proposal.Terms terms = ground.terms();
        return Proposal.of(
                        ground.items(),
                        ground.delivered(),
                        new Proposal.Terms(terms.unwanted(), wanted, capacity, terms.horizon(), terms.limit()))
                .included();
    }

    /** Only what is wanted, with whatever it needs. */
    private static Set<String> selected(Ground ground, int capacity, Set<String> wanted, Set<String> only) {
        Set<String> others = ground.items().stream()
                .map(NewItem::key)
                .filter(key -> !only.contains(key))
                .collect(Collectors.toSet());
        return Proposal.of(
                        ground.items(),
                        ground.delivered(),
                        new Proposal.Terms(
                                others,
                                wanted,
                                capacity,
                                ground.terms().horizon(),
                                ground.terms().limit()))
                .included();
    }

    private static TradeOffOption option(
            Ground ground,
            String key,
            String label,
            int capacity,
            java.time.@Nullable LocalDate target,
            Set<String> in,
            boolean deferred) {
        Set<String> out = new LinkedHashSet<>(ground.included());
        out.addAll(ground.needed());
        out.removeAll(in);
        int value = value(ground, in);
        int effort = effort(ground, in);
        int risk = risk(ground, in);
        int change = value - value(ground, ground.included());
        String missed = ground.items().stream()
                .filter(item -> out.contains(item.key())
                        && item.mandatory(ground.terms().horizon()))
                .map(item -> item.key() + (item.due() == null ? "" : " (due " + item.due() + ")"))
                .collect(Collectors.joining(", "));
        String effect = "Value " + value + " (" + (change > 0 ? "+" : "") + change + "), " + effort + " of " + capacity
                + " person days, "
                + (target == null || target.equals(ground.target()) ? "date unchanged" : "wanted on " + target)
                + ", highest risk " + risk + " (now " + risk(ground, ground.included()) + ")"
                + (out.isEmpty() ? "" : "; " + (deferred ? "later" : "out") + ": " + Proposal.named(List.copyOf(out)))
                + (missed.isEmpty() ? "." : "; misses what must be in: " + missed + ".");
        return new TradeOffOption(
                key,
                label,
                capacity,
                target == null ? null : target.toString(),
                List.copyOf(in),
                List.copyOf(out),
                deferred,
                value,
                effort,
                risk,
                effect);
    }

    private static int value(Ground ground, Set<String> keys) {
        return sum(ground, keys, NewItem::value);
    }

    private static int effort(Ground ground, Set<String> keys) {
        return sum(ground, keys, NewItem::effort);
    }

    private static int sum(Ground ground, Set<String> keys, java.util.function.ToIntFunction<NewItem> what) {
        return ground.items().stream()
                .filter(item -> keys.contains(item.key()))
                .mapToInt(what)
                .sum();
    }

    private static int risk(Ground ground, Set<String> keys) {
        return ground.items().stream()
                .filter(item -> keys.contains(item.key()))
                .mapToInt(NewItem::risk)
                .max()
                .orElse(0);
    }
}
