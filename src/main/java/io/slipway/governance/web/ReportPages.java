package io.slipway.governance.web;

import io.slipway.governance.reports.DeploymentRow;
import io.slipway.governance.reports.Period;
import io.slipway.governance.reports.ServiceReports;
import io.slipway.governance.reports.ServiceReports.Week;
import io.slipway.governance.reports.SystemReport;
import io.slipway.platform.web.Paging;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Reports: the page with its chart and table, the deployments that a number comes from, and the same for programs. */
@Controller
class ReportPages {

    private static final int SIZE = 25;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 160;

    private final ServiceReports reports;
    private final Map<String, ManagedSystem> systems = new ConcurrentHashMap<>();
    private final Landscape landscape;
    private final Clock clock;

    ReportPages(ServiceReports reports, Landscape landscape, Clock clock) {
        this.reports = reports;
        this.landscape = landscape;
        this.clock = clock;
    }

    /** Bounds of a share at 95 %. */
    record IntervalJson(double low, double high) {}

    /** The measures of one system; durations in seconds. */
    record SystemJson(
            String system,
            long deployments,
            double deploymentsPerWeek,
            @Nullable Long leadTimeMedian,
            @Nullable Long leadTimeP90,
            long leadTimesFromCommit,
            double changeFailRate,
            IntervalJson changeFailInterval,
            long failedDeployments,
            @Nullable Long recoveryTimeMedian,
            double deploymentReworkRate,
            long incidents,
            long followedByIncident,
            IntervalJson followedInterval,
            @Nullable Double availability) {

        static SystemJson of(SystemReport report) {
            return new SystemJson(
                    report.system(),
                    report.deployments(),
                    report.perWeek(),
                    seconds(report.leadMedian()),
                    seconds(report.leadHigh()),
                    report.leadFromCommit(),
                    report.failRate(),
                    new IntervalJson(
                            report.failInterval().low(), report.failInterval().high()),
                    report.failed(),
                    seconds(report.recoveryMedian()),
                    report.reworkRate(),
                    report.incidents(),
                    report.followed(),
                    new IntervalJson(
                            report.followedInterval().low(),
                            report.followedInterval().high()),
                    report.availability().orElse(null));
        }

        private static @Nullable Long seconds(Optional<Duration> duration) {
            return duration.map(Duration::toSeconds).orElse(null);
        }
    }

    /** A report: its days, its systems and how often was deployed in each week. */
    record ReportJson(LocalDate from, LocalDate to, List<SystemJson> systems, List<Week> weeks) {}

    /** One deployment with the incidents around it. */
    record DeploymentJson(
            String release,
            int number,
            boolean unplanned,
            long leadSeconds,
            boolean leadFromCommit,
            Instant deployedAt,
            @Nullable Instant failedAt,
            @Nullable Long recoverySeconds,
            List<String> incidentsBefore,
            List<String> incidentsAfter) {

        static DeploymentJson of(DeploymentRow row) {
            return new DeploymentJson(
                    row.release(),
                    row.number(),
                    row.unplanned(),
                    row.lead().toSeconds(),
                    row.leadFromCommit(),
                    row.deployedAt(),
                    row.failedAt().orElse(null),
                    row.recovery().map(Duration::toSeconds).orElse(null),
                    row.before(),
                    row.after());
        }
    }

    /** DORA's measures, availability and incidents by system for a period of days in UTC; without one, the last ninety days. */
    @GetMapping("/api/v1/reports")
    @ResponseBody
    ReportJson report(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        Period period = Period.of(from, to, clock.instant());
        return new ReportJson(
                period.from(),
                period.to(),
                reports.systems(period).stream().map(SystemJson::of).toList(),
                reports.weeks(period));
    }

    /** The deployments that the numbers of a system come from, the newest first. */
    @GetMapping("/api/v1/reports/{system}/deployments")
    @ResponseBody
    Paging<DeploymentJson> deployments(
            @PathVariable String system,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size) {
        landscape.system(system);
        return Paging.of(
                reports.deployments(
                        system,
                        Period.of(from, to, clock.instant()),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                DeploymentJson::of);
    }

    /** The measures as comma-separated values; durations in seconds. */
    @GetMapping({"/api/v1/reports/export", "/reports/export"})
    @ResponseBody
    void export(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            HttpServletResponse answer)
            throws IOException {
        Period period = Period.of(from, to, clock.instant());
        List<SystemReport> systems = reports.systems(period);
        answer.setContentType("text/csv;charset=UTF-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"report.csv\"");
        try (Writer out = new OutputStreamWriter(answer.getOutputStream(), StandardCharsets.UTF_8)) {
            SafeCsv csv = new SafeCsv(
                    out,
                    "system",
                    "from",
                    "to",
                    "deployments",
                    "deployments_per_week",
                    "lead_time_median_s",
                    "lead_time_p90_s",
                    "lead_times_from_commit",
                    "change_fail_rate",
                    "change_fail_low",
                    "change_fail_high",
                    "recovery_time_median_s",
                    "deployment_rework_rate",
                    "incidents_p1_p2",
                    "followed_by_incident",
                    "availability");
            for (SystemReport report : systems) {
                csv.row(
                        report.system(),
                        period.from(),
                        period.to(),
                        report.deployments(),
                        decimal(report.perWeek()),
                        report.leadMedian()
                                .map(Duration::toSeconds)
                                .map(Object::toString)
                                .orElse(""),
                        report.leadHigh()
                                .map(Duration::toSeconds)
                                .map(Object::toString)
                                .orElse(""),
                        report.leadFromCommit(),
                        decimal(report.failRate()),
                        decimal(report.failInterval().low()),
                        decimal(report.failInterval().high()),
                        report.recoveryMedian()
                                .map(Duration::toSeconds)
                                .map(Object::toString)
                                .orElse(""),
                        decimal(report.reworkRate()),
                        report.incidents(),
                        report.followed(),
                        report.availability().map(ReportPages::decimal).orElse(""));
            }
        }
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * A bar of the chart.
     *
     * @param y top of all deployments of the week
     * @param failedHeight height of those that failed, from the bottom
     */
    public record Bar(Week week, int x, int y, int width, int height, int failedY, int failedHeight) {}

    @GetMapping("/reports")
    String page(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to, Model model) {
        Period period = Period.of(from, to, clock.instant());
        List<Week> weeks = reports.weeks(period);
        model.addAttribute("period", period);
        model.addAttribute("systems", reports.systems(period));
        model.addAttribute("weeks", weeks);
        model.addAttribute("bars", bars(weeks));
        model.addAttribute(
                "most", weeks.stream().mapToLong(Week::deployments).max().orElse(0));
        model.addAttribute("words", new ReportWords());
        model.addAttribute("aroundHours", reports.around().toHours());
        return "governance/reports";
    }

    private static List<Bar> bars(List<Week> weeks) {
        long most =
                Math.max(1, weeks.stream().mapToLong(Week::deployments).max().orElse(1));
        int slot = Math.max(2, WIDTH / Math.max(1, weeks.size()));
        List<Bar> bars = new ArrayList<>();
        for (Week week : weeks) {
            int height = (int) (week.deployments() * HEIGHT / most);
            int failed = (int) (week.failed() * HEIGHT / most);
            bars.add(new Bar(
                    week,
                    bars.size() * slot + 1,
                    HEIGHT - height,
                    Math.max(1, Math.min(48, slot - 4)),
                    height,
                    HEIGHT - failed,
                    failed));
        }
        return bars;
    }

    @GetMapping("/reports/{system}")
    String system(
            @PathVariable String system,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Period period = Period.of(from, to, clock.instant());
        // A system is never removed; its page asks for it once.
        model.addAttribute("system", systems.computeIfAbsent(system, landscape::system));
        model.addAttribute("period", period);
        model.addAttribute("rows", reports.deployments(system, period, PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("words", new ReportWords());
        model.addAttribute("aroundHours", reports.around().toHours());
        return "governance/report-system";
    }
}
