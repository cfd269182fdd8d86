package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.Comparisons;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_judgeComparison}: where the metrics say nothing for certain, operations decides whether the release stays. */
@Component
class JudgeComparisonTask implements UserTaskHandler {

    private final Comparisons comparisons;
    private final ReleaseScope scope;

    JudgeComparisonTask(Comparisons comparisons, ReleaseScope scope) {
        this.comparisons = comparisons;
        this.scope = scope;
    }

    /** What may be decided. */
    enum Choice {
        KEEP,
        TAKE_BACK
    }

    @Override
    public String process() {
        return ValidateReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return ValidateReleaseProcess.Element.JUDGE_COMPARISON.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("comparisonDecision", "comparisonReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<Map<String, String>> rows = comparisons
                .newest(release)
                .map(kept -> kept.metrics().stream()
                        .map(metric -> Map.of(
                                "metric", metric.metric(),
                                "verdict", metric.verdict().label(),
                                "why", metric.sentence()))
                        .toList())
                .orElse(List.of());
        return Brief.of("Does " + release.key() + " stay in production?")
                .fact("Release", release.title())
                .fact(
                        "Compared with",
                        comparisons
                                .newest(release)
                                .map(Comparisons.Comparison::baseline)
                                .orElse(null))
                .table("metrics", rows);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        boolean accepted = submission.requireChoice("comparisonDecision", Choice.class) == Choice.KEEP;
        comparisons.decide(
                scope.of(task.getExecution()),
                submission.person(),
                accepted,
                submission.requireText("comparisonReason", 2000));
        ValidateReleaseProcess.COMPARISON.set(task.getExecution(), accepted ? "PASS" : "REJECT");
    }
}
