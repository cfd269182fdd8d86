package io.slipway.quality.web;

import io.slipway.platform.web.Viewer;
import io.slipway.quality.CoverageReport;
import io.slipway.quality.Evidence;
import io.slipway.quality.GateExplanation;
import io.slipway.quality.GateStanding;
import io.slipway.quality.GateVerdict;
import io.slipway.quality.GateWaiver;
import io.slipway.quality.Gates;
import io.slipway.quality.ScanReport;
import io.slipway.quality.TestReport;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The gates of a release for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/quality")
class QualityApi {

    private final ReleaseDesk desk;
    private final Gates gates;

    QualityApi(ReleaseDesk desk, Gates gates) {
        this.desk = desk;
        this.gates = gates;
    }

    /** A report; the part of its kind says what it tells. */
    record EvidenceJson(
            String name,
            long size,
            String sha256,
            String kind,
            String summary,
            TestReport report,
            @Nullable ScanReport scan,
            @Nullable CoverageReport coverage,
            String suppliedBy,
            Instant suppliedAt) {

        static EvidenceJson of(Evidence evidence) {
            return new EvidenceJson(
                    evidence.name(),
                    evidence.size(),
                    evidence.sha256(),
                    evidence.kind().name(),
                    evidence.summary(),
                    evidence.report(),
                    evidence.scan().orElse(null),
                    evidence.coverage().orElse(null),
                    evidence.suppliedBy(),
                    evidence.suppliedAt());
        }
    }

    /** A verdict with everything that explains it. */
    record VerdictJson(
            long number, String verdict, String packageDigest, Instant recordedAt, GateExplanation explanation) {

        static VerdictJson of(GateVerdict verdict) {
            return new VerdictJson(
                    verdict.number(),
                    verdict.verdict().name(),
                    verdict.packageDigest(),
                    verdict.recordedAt(),
                    verdict.explanation());
        }
    }

    /** A waiver. */
    record WaiverJson(
            long verdict,
            String state,
            String reason,
            String compensatingControl,
            Instant expiresAt,
            String askedBy,
            Instant askedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String decisionReason) {

        static WaiverJson of(GateWaiver waiver) {
            return new WaiverJson(
                    waiver.verdict(),
                    waiver.state().name(),
                    waiver.reason(),
                    waiver.compensatingControl(),
                    waiver.expiresAt(),
                    waiver.askedBy(),
                    waiver.askedAt(),
                    waiver.decidedBy().orElse(null),
                    waiver.decidedAt().orElse(null),
                    waiver.decisionReason().orElse(null));
        }
    }

    /** A gate. */
    record GateJson(
            String environment,
            String state,
            String sentence,
            List<EvidenceJson> evidence,
            @Nullable VerdictJson verdict,
            @Nullable WaiverJson waiver) {

        static GateJson of(GateStanding standing) {
            return new GateJson(
                    standing.environment(),
                    standing.state().name(),
                    standing.sentence(),
                    standing.evidence().stream().map(EvidenceJson::of).toList(),
                    standing.verdict().map(VerdictJson::of).orElse(null),
                    standing.waiver().map(WaiverJson::of).orElse(null));
        }
    }

    /** The gates of the release in the order in which it passes them. */
    @GetMapping
    List<GateJson> get(@PathVariable String key, Viewer viewer) {
        return gates.standings(release(key, viewer)).stream().map(GateJson::of).toList();
    }

    /** Takes a report, as on the page. */
    @PostMapping(path = "/{environment}/evidence", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    EvidenceJson supply(
            @PathVariable String key, @PathVariable String environment, @RequestParam MultipartFile file, Viewer viewer)
            throws IOException {
        Release release = release(key, viewer);
        try (InputStream content = file.getInputStream()) {
            return EvidenceJson.of(
                    gates.supply(release, environment, QualityPages.name(file), content, viewer.person()));
        }
    }

    /** Takes a report as the body of the request. */
    @PutMapping(
            path = "/{environment}/evidence/{name}",
            consumes = {
                MediaType.APPLICATION_XML_VALUE,
                MediaType.TEXT_XML_VALUE,
                MediaType.APPLICATION_JSON_VALUE,
                "application/sarif+json"
            })
    EvidenceJson put(
            @PathVariable String key,
            @PathVariable String environment,
            @PathVariable String name,
            InputStream content,
            Viewer viewer)
            throws IOException {
        return EvidenceJson.of(gates.supply(release(key, viewer), environment, name, content, viewer.person()));
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
