package io.slipway.scope;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for items that need each other in a circle. */
final class Dependencies {

    private Dependencies() {}

    /**
     * Circles among items, each as the keys in the order of need; no key stands in two of them, and without a circle the list is
     * empty. Keys that are needed but are no items are passed over.
     *
     * @param needs what every item needs, by key
     */
    static List<List<String>> circles(Map<String, List<String>> needs) {
        Map<String, Set<String>> open = new LinkedHashMap<>();
        Map<String, Set<String>> neededBy = new HashMap<>();
        needs.forEach((key, all) -> {
            Set<String> known = new LinkedHashSet<>(all);
            known.retainAll(needs.keySet());
            open.put(key, known);
            known.forEach(needed -> neededBy.computeIfAbsent(needed, none -> new LinkedHashSet<>())
                    .add(key));
        });
        List<List<String>> circles = new ArrayList<>();
        removeFree(new ArrayDeque<>(open.keySet()), open, neededBy);
        while (!open.isEmpty()) {
            List<String> circle = walk(open);
            circles.add(circle);
            Deque<String> affected = new ArrayDeque<>();
            circle.forEach(key -> remove(key, open, neededBy, affected));
            removeFree(affected, open, neededBy);
        }
        return circles;
    }

    /** Removes, as long as there are any, the items that need nothing which is left. */
    private static void removeFree(
            Deque<String> candidates, Map<String, Set<String>> open, Map<String, Set<String>> neededBy) {
        while (!candidates.isEmpty()) {
            String key = candidates.remove();
            Set<String> left = open.get(key);
            if (left != null && left.isEmpty()) {
                remove(key, open, neededBy, candidates);
            }
        }
    }

    private static void remove(
            String key, Map<String, Set<String>> open, Map<String, Set<String>> neededBy, Deque<String> affected) {
        open.remove(key);
        for (String dependant : neededBy.getOrDefault(key, Set.of())) {
            Set<String> left = open.get(dependant);
            if (left != null) {
                left.remove(key);
                affected.add(dependant);
            }
        }
    }

    /** Everything that is left needs something that is left, so a walk along the needs comes back to where it was. */
    private static List<String> walk(Map<String, Set<String>> open) {
        List<String> path = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        String key = open.keySet().iterator().next();
        while (!seen.containsKey(key)) {
            seen.put(key, path.size());
            path.add(key);
            key = open.getOrDefault(key, Set.of()).iterator().next();
        }
        return List.copyOf(path.subList(seen.getOrDefault(key, 0), path.size()));
    }
}
