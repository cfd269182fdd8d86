package io.slipway.validation.process;

import io.slipway.validation.closing.ClosingEvaluation;
import java.util.List;
import java.util.Optional;

/**
 * A closing condition as forms show it, under the names that their columns have.
 *
 * @param condition name of the condition
 * @param state "Holds" or "Open"
 * @param evidence what was looked at
 * @param remedy what to do about it; empty when it holds
 * @param met whether it holds
 */
record ConditionRow(String condition, String state, String evidence, String remedy, boolean met) {

    static List<ConditionRow> of(Optional<ClosingEvaluation> evaluation) {
        return evaluation
                .map(found -> found.findings().entrySet().stream()
                        .map(entry -> new ConditionRow(
                                entry.getKey(),
                                entry.getValue().met() ? "Holds" : "Open",
                                entry.getValue().evidence(),
                                String.join(" ", entry.getValue().remedies()),
                                entry.getValue().met()))
                        .toList())
                .orElse(List.of());
    }
}
