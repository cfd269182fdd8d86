package io.slipway.bench;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.scenario.Deed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * A release as the engine's history tells it, so that another engine can go the same way without anything of Slipway.
 *
 * @param deeds what moved it, in order
 * @param starts what each process that nobody called was started with, by key; the first is that of the release
 * @param outcomes what each visit of an element left behind, by process and element
 */
record Recorded(List<Deed> deeds, Map<String, Deque<VariableMap>> starts, Map<String, Deque<VariableMap>> outcomes) {

    /** Where outcomes of an element are found. */
    static String place(String process, String activity) {
        return process + "/" + activity;
    }

    /** A copy to be used up. */
    Recorded again() {
        return new Recorded(deeds, copy(starts), copy(outcomes));
    }

    private static Map<String, Deque<VariableMap>> copy(Map<String, Deque<VariableMap>> original) {
        Map<String, Deque<VariableMap>> copy = new LinkedHashMap<>();
        original.forEach((key, values) -> copy.put(key, new ArrayDeque<>(values)));
        return copy;
    }

    /** Reads what a release left in the history. */
    static Recorded of(String release, List<Deed> deeds, HistoryService history) {
        Map<String, Deque<VariableMap>> starts = new LinkedHashMap<>();
        Map<String, Deque<VariableMap>> outcomes = new HashMap<>();
        List<HistoricProcessInstance> instances = history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(release)
                .orderByProcessInstanceStartTime()
                .asc()
                .list();
        for (HistoricProcessInstance instance : instances) {
            Map<String, String> elements = new HashMap<>();
            for (HistoricActivityInstance visit : history.createHistoricActivityInstanceQuery()
                    .processInstanceId(instance.getId())
                    .list()) {
                elements.put(visit.getId(), visit.getActivityId());
            }
            Map<String, VariableMap> visits = new LinkedHashMap<>();
            VariableMap begin = Variables.createVariables();
            for (HistoricDetail detail : history.createHistoricDetailQuery()
                    .processInstanceId(instance.getId())
                    .variableUpdates()
                    .disableBinaryFetching()
                    .orderPartiallyByOccurrence()
                    .asc()
                    .list()) {
                HistoricVariableUpdate update = (HistoricVariableUpdate) detail;
                TypedValue value = update.getTypedValue();
                String visit = update.getActivityInstanceId();
                if (Objects.equals(visit, instance.getId())
                        || instance.getStartActivityId().equals(elements.get(visit))) {
                    begin.putValueTyped(update.getVariableName(), value);
                } else if (visit != null && elements.containsKey(visit)) {
                    visits.computeIfAbsent(visit, id -> Variables.createVariables())
                            .putValueTyped(update.getVariableName(), value);
                }
            }
            String process = ProcessKeys.of(instance.getProcessDefinitionId());
            visits.forEach((visit, values) -> outcomes.computeIfAbsent(
                            place(process, Objects.requireNonNull(elements.get(visit))), key -> new ArrayDeque<>())
                    .add(values));
            if (instance.getSuperProcessInstanceId() == null) {
                starts.computeIfAbsent(process, key -> new ArrayDeque<>()).add(begin);
            }
        }
        return new Recorded(List.copyOf(deeds), starts, outcomes);
    }
}
