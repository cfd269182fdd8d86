package io.slipway.bench;

import io.slipway.scenario.Deed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One release as it went: its steps in order, and what they took, by state of the release, by kind and by step. */
final class Taken {

    static final String START = "start";

    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, Cost> byState = new LinkedHashMap<>();
    private final Map<String, List<Cost>> byKind = new LinkedHashMap<>();
    private final Map<String, Cost> byStep = new LinkedHashMap<>();
    private Cost whole = Cost.NONE;

    void did(Deed deed) {
        deeds.add(deed);
    }

    void add(String state, String kind, String step, Cost cost) {
        whole = whole.plus(cost);
        byState.merge(state, cost, Cost::plus);
        byStep.merge(step, cost, Cost::plus);
        byKind.computeIfAbsent(kind, name -> new ArrayList<>()).add(cost);
    }

    List<Deed> deeds() {
        return deeds;
    }

    Cost whole() {
        return whole;
    }

    Map<String, Cost> byState() {
        return byState;
    }

    Map<String, List<Cost>> byKind() {
        return byKind;
    }

    Map<String, Cost> byStep() {
        return byStep;
    }
}
