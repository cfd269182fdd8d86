package io.slipway.integration.metrics.proxy;

import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Series;
import io.slipway.integration.metrics.Series.Point;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.TargetRefused;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TrafficBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The counters that the proxy of the target keeps: enough for requests, errors and latency without a metrics system. */
public final class ProxyMetrics implements Metrics {

    private static final List<String> NAMES = List.of(REQUESTS, ERRORS, ERROR_RATE, LATENCY_MEAN, LATENCY_P95);
    private static final long MOST_STEPS = 11_000;

    private final Targets targets;

    /** Reads the counters of these targets. */
    public ProxyMetrics(Targets targets) {
        this.targets = targets;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Series series(String metric, Source source, Span span, Duration step) {
        if (!NAMES.contains(metric)) {
            throw new MetricsRefused("The traffic proxy does not measure '" + metric + "'; it measures "
                    + String.join(", ", NAMES) + ".");
        }
        long seconds = step.toSeconds();
        if (seconds < 1 || span.length().toSeconds() / seconds > MOST_STEPS) {
            throw new MetricsRefused(
                    "A step has at least one second, and a span at most " + MOST_STEPS + " steps: " + step);
        }
        TreeMap<Long, List<TrafficBucket>> steps = new TreeMap<>();
        long start = span.from().getEpochSecond();
        for (TrafficBucket bucket : buckets(source, span)) {
            long number = Math.max(0, (bucket.start().getEpochSecond() - start) / seconds);
            steps.computeIfAbsent(number, none -> new ArrayList<>()).add(bucket);
        }
        List<Point> points = new ArrayList<>();
        steps.forEach((number, buckets) ->
                points.add(new Point(span.from().plusSeconds(number * seconds), value(metric, buckets))));
        return new Series(metric, points);
    }

    private static double value(String metric, List<TrafficBucket> buckets) {
        double requests = buckets.stream().mapToLong(TrafficBucket::requests).sum();
        double errors = buckets.stream().mapToLong(TrafficBucket::errors).sum();
        return switch (metric) {
            case REQUESTS -> requests;
            case ERRORS -> errors;
            case ERROR_RATE -> errors / requests;
            case LATENCY_MEAN ->
                buckets.stream().mapToLong(bucket -> bucket.time().toMillis()).sum() / requests / 1_000;
            default ->
                // Upper bounds of parts cannot be joined exactly: the highest is one for all of them.
                buckets.stream()
                                .mapToLong(bucket -> bucket.p95().toMillis())
                                .max()
                                .orElse(0)
                        / 1_000.0;
        };
    }

    @Override
    public Counts counts(Source source, Span span) {
        List<TrafficBucket> buckets = buckets(source, span);
        return buckets.isEmpty()
                ? Counts.UNKNOWN
                : new Counts(
                        true,
                        buckets.stream().mapToLong(TrafficBucket::requests).sum(),
                        buckets.stream().mapToLong(TrafficBucket::errors).sum());
    }

    private List<TrafficBucket> buckets(Source source, Span span) {
        try {
            return targets.traffic(new Route(source.environment(), source.system()), span.from(), span.to()).stream()
                    .filter(bucket -> bucket.requests() > 0)
                    .filter(bucket ->
                            source.version().isEmpty() || source.version().get().equals(bucket.version()))
                    .toList();
        } catch (TargetUnavailable e) {
            throw new MetricsUnavailable("The counters of the traffic proxy cannot be read: " + e.getMessage(), e);
        } catch (TargetRefused e) {
            throw new MetricsRefused("The traffic proxy refuses: " + e.getMessage());
        }
    }
}
