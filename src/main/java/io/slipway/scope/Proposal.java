package io.slipway.scope;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which items should be in a release, each with the reason: of all selections that fit into the capacity and have everything that
 * their items need, one of the greatest value. What law, security or a mark as critical ask for is in first; when that alone does not
 * fit, the proposal names what clashes and keeps as much of it as fits. An item that needs something which is neither at hand nor
 * delivered before stays out, and so does what needs that item.
 */
final class Proposal {

    private static final int NAMED = 3;

    private final Map<String, Verdict> verdicts;
    private final @Nullable String clash;
    private final List<String> clashing;
    private final boolean proven;

    private Proposal(Map<String, Verdict> verdicts, @Nullable String clash, List<String> clashing, boolean proven) {
        this.verdicts = verdicts;
        this.clash = clash;
        this.clashing = List.copyOf(clashing);
        this.proven = proven;
    }

    /** Whether an item should be in, and why, in a few words. */
    record Verdict(boolean included, String reason) {}

    /**
     * What a proposal has to keep to.
     *
     * @param unwanted keys of items that are not chosen whatever their value; nothing that is included may need them
     * @param wanted keys of items that must be in whatever their kind
     * @param capacity person days that there are
     * @param horizon what law or security ask for until this day must be in
     * @param limit how long to search; what is best by then is proposed
     */
    record Terms(Set<String> unwanted, Set<String> wanted, int capacity, LocalDate horizon, Duration limit) {

        Terms {
            unwanted = Set.copyOf(unwanted);
            wanted = Set.copyOf(wanted);
        }
    }

    /** Computes the proposal; {@code delivered} are keys of needed items that earlier releases of the system have delivered. */
    static Proposal of(List<NewItem> items, Set<String> delivered, Terms terms) {
        return new Search(items, delivered, terms).proposal();
    }

    /** The verdict on one of the items. */
    Verdict on(String key) {
        Verdict verdict = verdicts.get(key);
        if (verdict == null) {
            throw new IllegalArgumentException("The item " + key + " was not among the items of the proposal");
        }
        return verdict;
    }

    /** Keys of the items that should be in. */
    Set<String> included() {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue().included())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What cannot all be met, in sentences; empty when everything that must be in is. */
    Optional<String> clash() {
        return Optional.ofNullable(clash);
    }

    /** Keys of the items that must be in and cannot all be. */
    List<String> clashing() {
        return clashing;
    }

    /** Whether nothing better exists; false when the time was up before that was known. */
    boolean proven() {
        return proven;
    }

    /** The first few keys, and how many more there are. */
    static String named(List<String> keys) {
        String first = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
        return keys.size() <= NAMED ? first : first + " and " + (keys.size() - NAMED) + " more";
    }

    /** One computation. */
    private static final class Search {

        private final Map<String, NewItem> atHand = new LinkedHashMap<>();
        private final Map<String, Set<String>> neededBy = new HashMap<>();
        private final Set<String> delivered;
        private final Terms terms;

        Search(List<NewItem> items, Set<String> delivered, Terms terms) {
            items.forEach(item -> atHand.put(item.key(), item));
            items.forEach(item -> item.dependsOn()
                    .forEach(needed -> neededBy.computeIfAbsent(needed, none -> new LinkedHashSet<>())
                            .add(item.key())));
            this.delivered = delivered;
            this.terms = terms;
        }

        Proposal proposal() {
            Map<String, String> blocked = blocked();
            List<String> clashes = new ArrayList<>();
            List<String> clashing = new ArrayList<>();
            atHand.values().stream()
                    .filter(item -> mandatory(item) && blocked.containsKey(item.key()))
                    .forEach(item -> {
                        clashing.add(item.key());
                        clashes.add(why(item) + " must be in, but "
                                + String.valueOf(blocked.get(item.key())).substring("left out: ".length()) + ".");
                    });
            List<NewItem> possible = atHand.values().stream()
                    .filter(item -> !blocked.containsKey(item.key()))
                    .toList();
            List<String> mandatory =
                    possible.stream().filter(this::mandatory).map(NewItem::key).toList();
            boolean fits = effort(closed(mandatory)) <= terms.capacity();
            if (!fits) {
                List<String> least = leastClash(mandatory);
                clashing.addAll(least);
                clashes.add(tooMuch(least));
            }
            Selection.Result result = select(possible, fits ? mandatory : List.of(), fits ? List.of() : mandatory);
            Set<String> included = pruned(possible, result.chosen());
            Map<String, Verdict> verdicts = new LinkedHashMap<>();
            atHand.values()
                    .forEach(item ->
                            verdicts.put(item.key(), verdict(item, blocked.get(item.key()), included, clashing)));
            return new Proposal(
                    verdicts, clashes.isEmpty() ? null : String.join(" ", clashes), clashing, result.proven());
        }

        private boolean mandatory(NewItem item) {
            return !terms.unwanted().contains(item.key())
                    && (terms.wanted().contains(item.key()) || item.mandatory(terms.horizon()));
        }

        /** Items that cannot be delivered, with the reason. */
        private Map<String, String> blocked() {
            Map<String, String> blocked = new LinkedHashMap<>();
            Deque<String> toFollow = new ArrayDeque<>();
            for (NewItem item : atHand.values()) {
                List<String> missing = item.dependsOn().stream()
                        .filter(needed -> !atHand.containsKey(needed) && !delivered.contains(needed))
                        .toList();
                if (!missing.isEmpty()) {
                    blocked.put(
                            item.key(),
                            "left out: needs " + named(missing) + ", which " + (missing.size() == 1 ? "is" : "are")
                                    + " neither among the items nor delivered before");
                    toFollow.add(item.key());
                }
            }
            while (!toFollow.isEmpty()) {
                String key = toFollow.remove();
                for (String dependant : neededBy.getOrDefault(key, Set.of())) {
                    if (blocked.putIfAbsent(dependant, "left out: needs " + key + ", which is left out") == null) {
                        toFollow.add(dependant);
                    }
                }
            }
            return blocked;
        }

        /** These items and whatever they need of those at hand. */
        private Set<String> closed(List<String> keys) {
            Set<String> closed = new LinkedHashSet<>();
            Deque<String> toFollow = new ArrayDeque<>(keys);
            while (!toFollow.isEmpty()) {
                NewItem item = atHand.get(toFollow.remove());
                if (item != null && closed.add(item.key())) {
                    toFollow.addAll(item.dependsOn());
                }
            }
            return closed;
        }

        private long effort(Set<String> keys) {
            return keys.stream()
                    .map(atHand::get)
                    .mapToLong(item -> item == null ? 0 : item.effort())
                    .sum();
        }

        /** As few of these as still do not fit together: without any one of them the rest would. */
        private List<String> leastClash(List<String> mandatory) {
            List<String> least = new ArrayList<>(mandatory);
            for (String key : mandatory) {
                List<String> without = new ArrayList<>(least);
                without.remove(key);
                if (effort(closed(without)) > terms.capacity()) {
                    least = without;
                }
            }
            return least;
        }

        private String tooMuch(List<String> least) {
            Set<String> closed = closed(least);
            List<String> needed =
                    closed.stream().filter(key -> !least.contains(key)).toList();
            return "The capacity of " + terms.capacity() + " person days is too small: "
                    + least.stream()
                            .map(key -> why(java.util.Objects.requireNonNull(atHand.get(key))))
                            .collect(Collectors.joining(" and "))
                    + " must be in and take " + effort(closed)
                    + (needed.isEmpty() ? "." : " with what is needed for it (" + named(needed) + ").");
        }

        private String why(NewItem item) {
            return item.key() + " (" + grounds(item) + ")";
        }

        private String grounds(NewItem item) {
            String due = item.due() == null ? "" : ", due " + item.due();
            if (item.kind().obligatory() && item.mandatory(terms.horizon()) && !item.critical()) {
                return item.kind().label().toLowerCase(Locale.ROOT) + due;
            }
            return item.critical() ? "marked as critical" + due : "asked for";
        }

        /** What must be in is worth more than everything else together where it cannot simply be fixed. */
        private Selection.Result select(List<NewItem> possible, List<String> fixed, List<String> weighty) {
            Map<String, Integer> positions = new HashMap<>();
            possible.forEach(item -> positions.put(item.key(), positions.size()));
            long extra = 1 + possible.stream().mapToLong(NewItem::value).sum();
            Set<String> heavy = Set.copyOf(weighty);
            List<Selection.Candidate> candidates = possible.stream()
                    .map(item -> new Selection.Candidate(
                            (terms.unwanted().contains(item.key()) ? 0 : item.value())
                                    + (heavy.contains(item.key()) ? extra : 0),
                            item.effort(),
                            item.dependsOn().stream()
                                    .map(positions::get)
                                    .filter(java.util.Objects::nonNull)
                                    .toList()))
                    .toList();
            BitSet in = new BitSet();
            fixed.forEach(key -> in.set(positions.getOrDefault(key, 0)));
            long end = System.nanoTime() + terms.limit().toNanos();
            BooleanSupplier late = () -> System.nanoTime() - end > 0;
            return Selection.best(candidates, in, terms.capacity(), late);
        }

        /** What was selected, less what is worth nothing by itself and needed by nothing that was selected. */
        private Set<String> pruned(List<NewItem> possible, BitSet chosen) {
            Set<String> selected = new LinkedHashSet<>();
            chosen.stream().forEach(i -> selected.add(possible.get(i).key()));
            return closed(possible.stream()
                    .filter(item -> selected.contains(item.key()) && wantedByItself(item))
                    .map(NewItem::key)
                    .toList());
        }

        private boolean wantedByItself(NewItem item) {
            return !terms.unwanted().contains(item.key()) && (item.value() > 0 || mandatory(item));
        }

        private Verdict verdict(NewItem item, @Nullable String blocked, Set<String> included, List<String> clashing) {
            if (blocked != null) {
                return new Verdict(false, blocked);
            }
            if (included.contains(item.key()) && wantedByItself(item)) {
                return new Verdict(true, "chosen: " + (mandatory(item) ? grounds(item) : "value " + item.value()));
            }
            List<String> dependants = neededBy.getOrDefault(item.key(), Set.of()).stream()
                    .filter(included::contains)
                    .toList();
            if (!dependants.isEmpty()) {
                return new Verdict(true, "needed by " + named(dependants));
            }
            if (!wantedByItself(item)) {
                return new Verdict(false, "left out: has no value of its own, and nothing that is included needs it");
            }
            Set<String> together = closed(List.of(item.key()));
            String effort = effort(together) + " person days" + (together.size() > 1 ? " with what it needs" : "");
            return new Verdict(
                    false,
                    mandatory(item)
                            ? "left out: must be in (" + grounds(item) + ") and takes " + effort
                                    + ", but does not fit beside " + named(others(clashing, item.key()))
                            : "left out: takes " + effort + ", and the capacity of " + terms.capacity()
                                    + " is worth more with other items");
        }

        private static List<String> others(List<String> clashing, String key) {
            List<String> others =
                    clashing.stream().filter(other -> !other.equals(key)).toList();
            return others.isEmpty() ? List.of("the capacity") : others;
        }
    }
}
