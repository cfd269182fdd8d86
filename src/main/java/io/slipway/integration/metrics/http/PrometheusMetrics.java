package io.slipway.integration.metrics.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Series;
import io.slipway.integration.metrics.Series.Point;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.platform.http.OutboundHttp;
import io.slipway.platform.http.OutboundHttp.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Range queries of an interface in Prometheus' style. Such a value tells of the range that ends at its time: here it is told by its begin. */
final class PrometheusMetrics implements Metrics {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MOST_STEPS = 11_000;

    private final OutboundHttp http;
    private final String address;
    private final Duration timeout;
    private final Map<String, String> queries;

    PrometheusMetrics(OutboundHttp http, String url, Duration timeout, Map<String, String> queries) {
        this.http = http;
        this.address = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.timeout = timeout;
        this.queries = new TreeMap<>(queries);
    }

    @Override
    public List<String> names() {
        return List.copyOf(queries.keySet());
    }

    @Override
    public Series series(String metric, Source source, Span span, Duration step) {
        long seconds = step.toSeconds();
        if (seconds < 1 || span.length().toSeconds() / seconds > MOST_STEPS) {
            throw new MetricsRefused(
                    "A step has at least one second, and a span at most " + MOST_STEPS + " steps: " + step);
        }
        Instant first = span.from().plusSeconds(seconds);
        if (first.isAfter(span.to())) {
            return new Series(metric, List.of());
        }
        return new Series(metric, ask(metric, source, first, span.to(), seconds));
    }

    @Override
    public Counts counts(Source source, Span span) {
        long seconds = span.length().toSeconds();
        Optional<Double> requests = total(REQUESTS, source, span, seconds);
        if (requests.isEmpty()) {
            return Counts.UNKNOWN;
        }
        // Without a failed request there is no series of failed ones; that is not the same as nobody having counted.
        double errors = total(ERRORS, source, span, seconds).orElse(0.0);
        return new Counts(true, Math.round(requests.get()), Math.round(errors));
    }

    private Optional<Double> total(String metric, Source source, Span span, long seconds) {
        return ask(metric, source, span.to(), span.to(), seconds).stream()
                .map(Point::value)
                .findFirst();
    }

    private List<Point> ask(String metric, Source source, Instant first, Instant last, long seconds) {
        String template = queries.get(metric);
        if (template == null) {
            throw new MetricsRefused("No query is configured for the metric '" + metric + "'; there are "
                    + String.join(", ", queries.keySet()) + " under slipway.metrics.queries.");
        }
        String query = template.replace("{system}", source.system())
                .replace("{environment}", source.environment())
                .replace(
                        "{version}",
                        source.version().map(PrometheusMetrics::literal).orElse(".*"))
                .replace("{range}", seconds + "s");
        return read(metric, get(query, first, last, seconds), seconds);
    }

    /** The version as a regular expression of Prometheus within a quoted text. */
    private static String literal(String version) {
        return version.replace(".", "\\\\.").replace("+", "\\\\+");
    }

    private String get(String query, Instant first, Instant last, long seconds) {
        String url = address + "/api/v1/query_range?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&start=" + first.getEpochSecond() + "&end=" + last.getEpochSecond() + "&step=" + seconds;
        try {
            Answer answer = http.exchange(http.connector()
                    .createRequest()
                    .get()
                    .url(url)
                    .header("Accept", "application/json")
                    .configOption("socket-timeout", Math.toIntExact(timeout.toMillis())));
            if (answer.successful() || answer.status() == 400 || answer.status() == 422) {
                return answer.body();
            }
            throw new MetricsUnavailable("The metrics system answered with status " + answer.status(), null);
        } catch (IOException e) {
            throw new MetricsUnavailable("The metrics system did not answer: " + e.getMessage(), e);
        }
    }

    private static List<Point> read(String metric, String body, long seconds) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new MetricsUnavailable("The answer of the metrics system is no JSON", e);
        }
        if (!answer.path("status").asText().equals("success")) {
            throw new MetricsRefused("The metrics system refuses the query for '" + metric + "': "
                    + answer.path("error").asText("no reason given"));
        }
        JsonNode results = answer.path("data").path("result");
        if (!answer.path("data").path("resultType").asText().equals("matrix") || !results.isArray()) {
            throw new MetricsRefused("The query for '" + metric + "' does not answer a series over time.");
        }
        if (results.size() > 1) {
            throw new MetricsRefused("The query for '" + metric + "' answers " + results.size()
                    + " series; please sum them up in slipway.metrics.queries." + metric + ".");
        }
        List<Point> points = new ArrayList<>();
        for (JsonNode value : results.path(0).path("values")) {
            double number = number(metric, value.path(1).asText());
            // NaN stands for a division by nothing, as a rate of errors without requests.
            if (Double.isFinite(number)) {
                points.add(new Point(Instant.ofEpochSecond(value.path(0).asLong() - seconds), number));
            }
        }
        return points;
    }

    private static double number(String metric, String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            throw new MetricsRefused("The query for '" + metric + "' answers '" + text + "', which is no number.");
        }
    }
}
