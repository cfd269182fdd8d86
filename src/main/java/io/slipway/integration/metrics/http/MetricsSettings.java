package io.slipway.integration.metrics.http;

import io.slipway.integration.metrics.Metrics;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metrics are read.
 *
 * @param url address of an interface in Prometheus' style, without {@code /api/v1}; without one the counters of the traffic proxy are read
 * @param timeout longest wait for an answer
 * @param queries query by name of the metric, with the places {@code {system}}, {@code {environment}}, {@code {version}} (a regular
 *     expression when all versions are meant) and {@code {range}}, a duration such as {@code 30s}; those for requests and errors are
 *     required. Each gives one series.
 */
@ConfigurationProperties(value = "slipway.metrics", ignoreUnknownFields = false)
public record MetricsSettings(
        @Nullable URI url,
        @DefaultValue("PT5S") Duration timeout,
        @DefaultValue Map<String, String> queries) {

    private static final String OF =
            "{system=\"{system}\",environment=\"{environment}\",version=~\"{version}\"}[{range}]";
    private static final Map<String, String> USUAL = Map.of(
            Metrics.REQUESTS, "sum(increase(http_requests_total" + OF + "))",
            Metrics.ERRORS,
                    "sum(increase(http_requests_total" + OF.replace("{system=", "{code=~\"5..\",system=") + "))",
            Metrics.ERROR_RATE,
                    "sum(increase(http_requests_total" + OF.replace("{system=", "{code=~\"5..\",system=")
                            + ")) / sum(increase(http_requests_total" + OF + "))",
            Metrics.LATENCY_MEAN,
                    "sum(increase(http_request_duration_seconds_sum" + OF
                            + ")) / sum(increase(http_request_duration_seconds_count" + OF + "))",
            Metrics.LATENCY_P95,
                    "histogram_quantile(0.95, sum by (le) (increase(http_request_duration_seconds_bucket" + OF + ")))");

    /** Completes the queries by the usual ones. */
    public MetricsSettings {
        Map<String, String> all = new TreeMap<>(USUAL);
        all.putAll(queries);
        queries = Map.copyOf(all);
    }
}
