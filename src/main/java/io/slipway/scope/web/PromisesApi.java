package io.slipway.scope.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.scope.Assumptions;
import io.slipway.scope.SuccessMetrics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a release assumes and promises, for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/scope")
class PromisesApi {

    private final ReleaseDesk desk;
    private final Assumptions assumptions;
    private final SuccessMetrics metrics;

    PromisesApi(ReleaseDesk desk, Assumptions assumptions, SuccessMetrics metrics) {
        this.desk = desk;
        this.assumptions = assumptions;
        this.metrics = metrics;
    }

    /** An assumption as it is declared. */
    record AssumptionJson(
            @Nullable String statement,
            @Nullable String party,
            @Nullable Instant validUntil,
            @Nullable String impact,
            @Nullable String probe,
            @Nullable List<String> dependingTasks) {}

    /** What a person says of an assumption. */
    record ConfirmationJson(
            @Nullable Boolean holds,
            @Nullable Instant validUntil,
            @Nullable String evidence) {}

    /** Why something is taken back. */
    record ReasonJson(@Nullable String reason) {}

    /** The number of an assumption. */
    record DeclaredJson(int number) {}

    /** A promise as it is declared; numbers are written as texts or numbers. */
    record MetricJson(
            @Nullable String name,
            @Nullable String formula,
            @Nullable String baseline,
            @Nullable String target,
            @Nullable String direction,
            @Nullable String source) {}

    /** The promises of a release and what came of them. */
    record MetricsJson(List<SuccessMetrics.Metric> metrics, List<SuccessMetrics.Judged> verdicts) {}

    /** What the release takes for granted of others. */
    @GetMapping("/assumptions")
    List<Assumptions.Assumption> assumptions(@PathVariable String key, Viewer viewer) {
        return assumptions.of(release(key, viewer));
    }

    /** Declares an assumption. */
    @PostMapping("/assumptions")
    DeclaredJson declare(@PathVariable String key, @RequestBody AssumptionJson declared, Viewer viewer) {
        Release release = release(key, viewer);
        return new DeclaredJson(assumptions.declare(
                release,
                viewer.person(),
                new Assumptions.NewAssumption(
                        text(declared.statement()),
                        text(declared.party()),
                        declared.validUntil() == null ? Instant.EPOCH : declared.validUntil(),
                        text(declared.impact()),
                        text(declared.probe()),
                        declared.dependingTasks() == null ? Set.of() : Set.copyOf(declared.dependingTasks()))));
    }

    /** What the checks of an assumption found, the latest first; none for an assumption that there is not. */
    @GetMapping("/assumption-checks")
    List<Assumptions.Checked> checks(
            @PathVariable String key, @RequestParam(defaultValue = "1") int number, Viewer viewer) {
        return assumptions.checks(release(key, viewer), number);
    }

    /** Confirms or refutes an assumption; a task that asks for it ends with that. */
    @PostMapping("/assumptions/{number}/confirmation")
    Assumptions.Assumption confirm(
            @PathVariable String key,
            @PathVariable int number,
            @RequestBody ConfirmationJson confirmation,
            Viewer viewer) {
        Release release = release(key, viewer);
        assumptions.answer(
                release,
                number,
                viewer.person(),
                confirmation.holds(),
                confirmation.validUntil(),
                text(confirmation.evidence()));
        return assumptions.get(release, number);
    }

    /** Takes an assumption back. */
    @PostMapping("/assumptions/{number}/withdrawal")
    Assumptions.Assumption withdraw(
            @PathVariable String key, @PathVariable int number, @RequestBody ReasonJson reason, Viewer viewer) {
        Release release = release(key, viewer);
        assumptions.withdraw(release, number, viewer.person(), text(reason.reason()));
        return assumptions.get(release, number);
    }

    /** What the release promises, and what came of it. */
    @GetMapping("/metrics")
    MetricsJson metrics(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        return new MetricsJson(metrics.of(release), metrics.verdicts(release));
    }

    /** Declares a promise. */
    @PutMapping("/metrics/{metric}")
    SuccessMetrics.Metric promise(
            @PathVariable String key, @PathVariable String metric, @RequestBody MetricJson declared, Viewer viewer) {
        Release release = release(key, viewer);
        metrics.requireMay(release, viewer.person());
        metrics.declare(release, viewer.person(), metric(metric, declared));
        return metrics.get(release, metric);
    }

    /** Takes a promise back. */
    @DeleteMapping("/metrics/{metric}")
    MetricsJson takeBack(@PathVariable String key, @PathVariable String metric, Viewer viewer) {
        Release release = release(key, viewer);
        metrics.withdraw(release, viewer.person(), metric);
        return new MetricsJson(metrics.of(release), metrics.verdicts(release));
    }

    static SuccessMetrics.Metric metric(String key, MetricJson declared) {
        return new SuccessMetrics.Metric(
                key,
                text(declared.name()),
                text(declared.formula()),
                SuccessMetrics.number("baseline", text(declared.baseline())),
                SuccessMetrics.number("target", text(declared.target())),
                choice("direction", text(declared.direction()), SuccessMetrics.Direction.class),
                choice("source", text(declared.source()), SuccessMetrics.Origin.class));
    }

    private static <E extends Enum<E>> E choice(String field, String text, Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        field,
                        "'" + field + "' is one of "
                                + Arrays.stream(choices.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
