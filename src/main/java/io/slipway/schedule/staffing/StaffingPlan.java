package io.slipway.schedule.staffing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who stands for which function, each person for one only.
 *
 * @param seats person by function, for as many functions as can be covered
 * @param uncovered functions for which nobody is left, in the order of the question
 * @param shortage why not all are covered; empty when they are
 */
public record StaffingPlan(Map<String, String> seats, List<String> uncovered, Optional<Shortage> shortage) {

    /** Subsets are tried one by one; more functions than this are never asked for. */
    static final int MOST_FUNCTIONS = 12;

    /**
     * The smallest set of functions for which there are too few people.
     *
     * @param functions functions that cannot all be covered
     * @param people everybody who could stand for one of them
     */
    public record Shortage(List<String> functions, Set<String> people) {}

    /** Copies the collections. */
    public StaffingPlan {
        seats = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(seats));
        uncovered = List.copyOf(uncovered);
    }

    /**
     * Finds the most functions that can be covered, and if not all can, the smallest set that shows why.
     *
     * @param candidates people who can stand for a function, by function in the order of the question; the first are preferred
     */
    public static StaffingPlan of(Map<String, List<String>> candidates) {
        if (candidates.size() > MOST_FUNCTIONS) {
            throw new IllegalArgumentException("At most " + MOST_FUNCTIONS + " functions are asked for");
        }
        Map<String, String> functionOf = new LinkedHashMap<>();
        candidates.keySet().forEach(function -> seat(function, candidates, functionOf, new HashSet<>()));
        Map<String, String> seats = new LinkedHashMap<>();
        candidates.keySet().forEach(function -> functionOf.entrySet().stream()
                .filter(seat -> seat.getValue().equals(function))
                .findFirst()
                .ifPresent(seat -> seats.put(function, seat.getKey())));
        List<String> uncovered = candidates.keySet().stream()
                .filter(function -> !seats.containsKey(function))
                .toList();
        return new StaffingPlan(seats, uncovered, uncovered.isEmpty() ? Optional.empty() : shortage(candidates));
    }

    /** Seats a function, moving others to their next choice where that makes room (an augmenting path). */
    private static boolean seat(
            String function, Map<String, List<String>> candidates, Map<String, String> functionOf, Set<String> tried) {
        for (String person : candidates.getOrDefault(function, List.of())) {
            if (!tried.add(person)) {
                continue;
            }
            String other = functionOf.get(person);
            if (other == null || seat(other, candidates, functionOf, tried)) {
                functionOf.put(person, function);
                return true;
            }
        }
        return false;
    }

    private static Optional<Shortage> shortage(Map<String, List<String>> candidates) {
        List<String> functions = List.copyOf(candidates.keySet());
        Optional<Shortage> smallest = Optional.empty();
        for (int subset = 1; subset < (1 << functions.size()); subset++) {
            List<String> chosen = new ArrayList<>();
            Set<String> people = new TreeSet<>();
            for (int i = 0; i < functions.size(); i++) {
                if ((subset & (1 << i)) != 0) {
                    chosen.add(functions.get(i));
                    people.addAll(candidates.getOrDefault(functions.get(i), List.of()));
                }
            }
            if (people.size() < chosen.size()
                    && smallest.filter(found -> found.functions().size() <= chosen.size())
                            .isEmpty()) {
                smallest = Optional.of(new Shortage(List.copyOf(chosen), people));
            }
        }
        return smallest;
    }
}
