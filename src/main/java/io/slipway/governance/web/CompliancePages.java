package io.slipway.governance.web;

import io.slipway.governance.compliance.Compliance;
import io.slipway.governance.compliance.Coverage;
import io.slipway.governance.compliance.MarkedElement;
import io.slipway.governance.reports.Period;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Which controls of SOX, HIPAA and GDPR applied and were carried out, for a period or one release. */
@Controller
class CompliancePages {

    private final Compliance compliance;
    private final ReleaseDesk desk;
    private final Clock clock;

    CompliancePages(Compliance compliance, ReleaseDesk desk, Clock clock) {
        this.compliance = compliance;
        this.desk = desk;
        this.clock = clock;
    }

    /** A control and how it was covered; evidence is given by places in the audit trail. */
    record CoverageJson(
            String control,
            String framework,
            String reference,
            String title,
            String verdict,
            long applied,
            long executed,
            List<MarkedElement> elements,
            List<Long> evidence,
            List<String> missing) {

        static CoverageJson of(Coverage coverage) {
            return new CoverageJson(
                    coverage.control().key(),
                    coverage.control().framework().name(),
                    coverage.control().reference(),
                    coverage.control().title(),
                    coverage.verdict(),
                    coverage.applied(),
                    coverage.executed(),
                    coverage.elements(),
                    coverage.evidence(),
                    coverage.missing());
        }
    }

    /** Coverage of all controls by the releases that ended in a period of days in UTC; without one, the last ninety days. */
    @GetMapping("/api/v1/compliance")
    @ResponseBody
    List<CoverageJson> period(
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        Period period = Period.of(from, to, clock.instant());
        return compliance.in(period.start(), period.end()).stream()
                .map(CoverageJson::of)
                .toList();
    }

    /** Coverage of all controls that apply to releases by one of them. */
    @GetMapping("/api/v1/releases/{key}/controls")
    @ResponseBody
    List<CoverageJson> release(@PathVariable String key, Viewer viewer) {
        return compliance.of(desk.get(key, new Reader(viewer.person(), viewer.groups()))).stream()
                .map(CoverageJson::of)
                .toList();
    }

    @GetMapping("/compliance")
    String page(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String release,
            Viewer viewer,
            Model model) {
        Period period = Period.of(from, to, clock.instant());
        model.addAttribute("period", period);
        model.addAttribute("asked", release);
        if (release.isBlank()) {
            model.addAttribute("rows", compliance.in(period.start(), period.end()));
        } else {
            Release one = desk.get(release.strip(), new Reader(viewer.person(), viewer.groups()));
            model.addAttribute("rows", compliance.of(one));
        }
        return "governance/compliance";
    }
}
