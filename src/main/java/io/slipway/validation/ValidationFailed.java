package io.slipway.validation;

import io.slipway.release.Release;
import io.slipway.release.RollbackCause;
import io.slipway.validation.analysis.MetricVerdict;
import io.slipway.validation.analysis.Verdict;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A release is taken back because its newest check in production failed, or its metrics were worse or not accepted. */
@Component
@Order(20)
class ValidationFailed implements RollbackCause {

    private final Validations validations;
    private final Comparisons comparisons;

    ValidationFailed(Validations validations, Comparisons comparisons) {
        this.validations = validations;
        this.comparisons = comparisons;
    }

    @Override
    public Optional<String> of(Release release) {
        return validations.runs(release, 1).stream()
                .filter(run -> !run.passed())
                .findFirst()
                .map(run -> "A check in production failed: "
                        + run.steps().stream()
                                .filter(step -> !step.passed())
                                .map(StepResult::step)
                                .collect(Collectors.joining(", "))
                        + ".")
                .or(() -> comparisons.newest(release).flatMap(ValidationFailed::worse));
    }

    private static Optional<String> worse(Comparisons.Comparison comparison) {
        Comparisons.Decision decision = comparison.decision();
        if (decision != null) {
            return decision.accepted()
                    ? Optional.empty()
                    : Optional.of("The comparison of its metrics was not accepted: " + decision.reason());
        }
        return comparison.verdict() == Verdict.DEGRADED
                ? Optional.of("Its metrics are worse than before: "
                        + comparison.metrics().stream()
                                .filter(metric -> metric.verdict() == Verdict.DEGRADED)
                                .map(MetricVerdict::sentence)
                                .collect(Collectors.joining(" ")))
                : Optional.empty();
    }
}
