package io.slipway.validation.web;

import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import io.slipway.validation.Comparisons;
import io.slipway.validation.JourneyBaselines;
import io.slipway.validation.SyntheticRun;
import io.slipway.validation.Validations;
import io.slipway.validation.closing.Closing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows on the page of a release its synthetic checks, the proof of its closing conditions, its review and its outcome. */
@Component
class ValidationPanel implements ReleasePanel {

    private static final int MOST_RUNS = 20;

    private final Validations validations;
    private final JourneyBaselines baselines;
    private final Comparisons comparisons;
    private final Closing closing;

    ValidationPanel(Validations validations, JourneyBaselines baselines, Comparisons comparisons, Closing closing) {
        this.validations = validations;
        this.baselines = baselines;
        this.comparisons = comparisons;
        this.closing = closing;
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    public String fragment() {
        return "validation/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        Map<String, Object> model = new HashMap<>();
        validations.newest(release).ifPresent(newest -> model.put("validationWatch", newest));
        List<SyntheticRun> runs = validations.runs(release, MOST_RUNS);
        model.put("validationRuns", runs);
        comparisons.newest(release).ifPresent(comparison -> model.put("validationMetrics", comparison));
        model.put("validationCompared", List.of());
        baselines.newest(release).ifPresent(before -> {
            model.put("validationBaseline", before);
            runs.stream()
                    .findFirst()
                    .ifPresent(after -> model.put("validationCompared", before.comparedWith(after.steps())));
        });
        closing.latest(release).ifPresent(evaluation -> model.put("validationEvaluation", evaluation));
        closing.reviewed(release).ifPresent(review -> model.put("validationReview", review));
        closing.signed(release).ifPresent(closure -> model.put("validationClosure", closure));
        return model;
    }
}
