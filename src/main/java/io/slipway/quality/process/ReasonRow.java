package io.slipway.quality.process;

import io.slipway.quality.GateExplanation;
import io.slipway.quality.GateVerdict;
import java.util.List;

/** A line of the table that says why a gate failed. */
record ReasonRow(String criterion, String measured, String required, String verdict) {

    static List<ReasonRow> of(GateVerdict verdict) {
        return verdict.explanation().criteria().stream().map(ReasonRow::of).toList();
    }

    private static ReasonRow of(GateExplanation.Criterion criterion) {
        return new ReasonRow(
                criterion.criterion(), criterion.measured(), criterion.required(), criterion.met() ? "met" : "not met");
    }
}
