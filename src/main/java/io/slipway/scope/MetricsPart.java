package io.slipway.scope;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Release;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What an approval signs of the success metrics; a release may promise nothing, and that is signed as well. */
@Component
class MetricsPart implements ApprovalPart {

    private final SuccessMetrics metrics;

    MetricsPart(SuccessMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public Content content(Release release) {
        List<SuccessMetrics.Metric> promised = metrics.of(release);
        return new Content(
                promised.isEmpty()
                        ? "no success metric"
                        : promised.stream()
                                .limit(3)
                                .map(metric ->
                                        metric.name() + " to " + metric.target().toPlainString())
                                .collect(Collectors.joining(", ")),
                promised.stream().map(SuccessMetrics::facts).toList());
    }
}
