package io.slipway.scope;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which items should be in a release, each with the reason: those that are worth something by themselves, with everything that they
 * need. An item that needs something which is neither at hand nor delivered before stays out, and so does what needs that item.
 */
final class Proposal {

    private static final int NAMED = 3;

    private final Map<String, Verdict> verdicts;

    private Proposal(Map<String, Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Whether an item should be in, and why, in a few words. */
    record Verdict(boolean included, String reason) {}

    /**
     * Computes the proposal.
     *
     * @param items the items at hand
     * @param delivered keys of needed items that earlier releases of the system have delivered
     * @param unwanted keys of items that are not chosen whatever their value; nothing that is included may need them
     */
    static Proposal of(List<NewItem> items, Set<String> delivered, Set<String> unwanted) {
        Map<String, NewItem> atHand = new LinkedHashMap<>();
        items.forEach(item -> atHand.put(item.key(), item));
        Map<String, Set<String>> neededBy = new HashMap<>();
        items.forEach(item -> item.dependsOn()
                .forEach(needed -> neededBy.computeIfAbsent(needed, none -> new LinkedHashSet<>())
                        .add(item.key())));
        Map<String, String> blocked = blocked(atHand, neededBy, delivered);
        Set<String> included = included(atHand, blocked.keySet(), unwanted);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        items.forEach(
                item -> verdicts.put(item.key(), verdict(item, blocked.get(item.key()), included, neededBy, atHand)));
        return new Proposal(verdicts);
    }

    /** The verdict on one of the items. */
    Verdict on(String key) {
        Verdict verdict = verdicts.get(key);
        if (verdict == null) {
            throw new IllegalArgumentException("The item " + key + " was not among the items of the proposal");
        }
        return verdict;
    }

    /** Items that cannot be delivered, with the reason. */
    private static Map<String, String> blocked(
            Map<String, NewItem> atHand, Map<String, Set<String>> neededBy, Set<String> delivered) {
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

    private static Set<String> included(Map<String, NewItem> atHand, Set<String> blocked, Set<String> unwanted) {
        Set<String> included = new HashSet<>();
        Deque<NewItem> toFollow = new ArrayDeque<>();
        for (NewItem item : atHand.values()) {
            if (chosen(item)
                    && !blocked.contains(item.key())
                    && !unwanted.contains(item.key())
                    && included.add(item.key())) {
                toFollow.add(item);
            }
        }
        while (!toFollow.isEmpty()) {
            for (String needed : toFollow.remove().dependsOn()) {
                NewItem item = atHand.get(needed);
                if (item != null && included.add(needed)) {
                    toFollow.add(item);
                }
            }
        }
        return included;
    }

    private static Verdict verdict(
            NewItem item,
            @Nullable String blocked,
            Set<String> included,
            Map<String, Set<String>> neededBy,
            Map<String, NewItem> atHand) {
        if (blocked != null) {
            return new Verdict(false, blocked);
        }
        if (chosen(item) && included.contains(item.key())) {
            String why =
                    item.kind().obligatory() ? item.kind().label().toLowerCase(Locale.ROOT) : "value " + item.value();
            return new Verdict(true, "chosen: " + why);
        }
        List<String> dependants = neededBy.getOrDefault(item.key(), Set.of()).stream()
                .filter(key -> atHand.containsKey(key) && included.contains(key))
                .toList();
        return dependants.isEmpty()
                ? new Verdict(false, "left out: has no value of its own, and nothing that is included needs it")
                : new Verdict(true, "needed by " + named(dependants));
    }

    private static boolean chosen(NewItem item) {
        return item.value() > 0 || item.kind().obligatory();
    }

    /** The first few keys, and how many more there are. */
    static String named(List<String> keys) {
        String first = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
        return keys.size() <= NAMED ? first : first + " and " + (keys.size() - NAMED) + " more";
    }
}
