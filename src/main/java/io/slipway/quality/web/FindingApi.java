package io.slipway.quality.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.Finding;
import io.slipway.quality.Findings;
import io.slipway.quality.Triage;
import io.slipway.release.Reader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Findings of security scans for programs. */
@RestController
@RequestMapping("/api/v1/findings")
class FindingApi {

    private final Findings findings;
    private final Clock clock;

    FindingApi(Findings findings, Clock clock) {
        this.findings = findings;
        this.clock = clock;
    }

    /** A finding. */
    record FindingJson(
            long number,
            String system,
            String fingerprint,
            String tool,
            String rule,
            String severity,
            String path,
            int line,
            String message,
            boolean suppressionRequested,
            Instant firstSeenAt,
            Instant lastSeenAt,
            String state,
            boolean counts,
            @Nullable Instant suppressedUntil,
            @Nullable String lapsed) {

        static FindingJson of(Finding finding, Instant now) {
            return new FindingJson(
                    finding.number(),
                    finding.system(),
                    finding.fingerprint(),
                    finding.tool(),
                    finding.rule(),
                    finding.severity(),
                    finding.path(),
                    finding.line(),
                    finding.message(),
                    finding.requested(),
                    finding.firstSeenAt(),
                    finding.lastSeenAt(),
                    finding.state().name(),
                    finding.counts(now),
                    finding.suppression().map(Finding.Suppression::until).orElse(null),
                    finding.lapsed(now).orElse(null));
        }
    }

    /** A finding with everything that was said of it. */
    record FindingAndTriages(FindingJson finding, List<Triage> triages) {}

    /** A page of findings, the last seen first. */
    @GetMapping
    Paging<FindingJson> list(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        Instant now = clock.instant();
        return Paging.of(
                findings.list(
                        reader(viewer),
                        FindingPages.filter(system, severity, state, text),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                finding -> FindingJson.of(finding, now));
    }

    @GetMapping("/{number}")
    FindingAndTriages get(@PathVariable long number, Viewer viewer) {
        return new FindingAndTriages(
                FindingJson.of(findings.get(number, reader(viewer)), clock.instant()), findings.triages(number));
    }

    /** Asks for a triage; its tasks wait in Tasklist. */
    @PostMapping("/{number}/triage")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void triage(@PathVariable long number, Viewer viewer) {
        findings.get(number, reader(viewer));
        findings.askTriage(number, viewer.person());
    }

    private static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }
}
