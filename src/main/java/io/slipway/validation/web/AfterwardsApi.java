package io.slipway.validation.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.validation.BaselineRun;
import io.slipway.validation.Comparisons;
import io.slipway.validation.JourneyBaselines;
import io.slipway.validation.StepResult;
import io.slipway.validation.SyntheticRun;
import io.slipway.validation.Validations;
import io.slipway.validation.closing.Closing;
import io.slipway.validation.closing.ClosureRecords;
import io.slipway.validation.closing.ProofTree;
import io.slipway.validation.feedback.Feedback;
import io.slipway.validation.operability.Operability;
import io.slipway.validation.review.Lessons;
import io.slipway.validation.review.Reviews;
import io.slipway.validation.review.TimelineEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Verification, feedback, operability, closure and review of a release, for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}")
class AfterwardsApi {

    private static final int MOST_RUNS = 100;
    private static final int MOST_LESSONS = 20;

    private final ReleaseDesk desk;
    private final Validations validations;
    private final JourneyBaselines baselines;
    private final Comparisons comparisons;
    private final Closing closing;
    private final ClosureRecords records;
    private final Reviews reviews;
    private final Lessons lessons;
    private final Feedback feedback;
    private final Operability operability;

    AfterwardsApi(
            ReleaseDesk desk,
            Validations validations,
            JourneyBaselines baselines,
            Comparisons comparisons,
            Closing closing,
            ClosureRecords records,
            Reviews reviews,
            Lessons lessons,
            Feedback feedback,
            Operability operability) {
        this.desk = desk;
        this.validations = validations;
        this.baselines = baselines;
        this.comparisons = comparisons;
        this.closing = closing;
        this.records = records;
        this.reviews = reviews;
        this.lessons = lessons;
        this.feedback = feedback;
        this.operability = operability;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }

    // ---- verification

    /** One run of the synthetic journey. */
    record RunJson(
            Instant startedAt,
            Instant endedAt,
            String baseUrl,
            String version,
            String digest,
            boolean passed,
            List<StepResult> steps) {}

    /**
     * What the journey found before and after.
     *
     * @param comparison the newest run step by step in the light of the baseline
     * @param metrics what was measured after compared with before; missing where nothing was compared
     */
    record VerificationJson(
            @Nullable RunJson baseline,
            List<RunJson> runs,
            List<BaselineRun.Compared> comparison,
            Comparisons.@Nullable Comparison metrics) {}

    @GetMapping("/verification")
    VerificationJson verification(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        List<SyntheticRun> runs = validations.runs(release, MOST_RUNS);
        return new VerificationJson(
                baselines
                        .newest(release)
                        .map(run -> new RunJson(
                                run.startedAt(),
                                run.endedAt(),
                                run.baseUrl(),
                                run.liveVersion(),
                                run.liveDigest(),
                                run.passed(),
                                run.steps()))
                        .orElse(null),
                runs.stream()
                        .map(run -> new RunJson(
                                run.startedAt(),
                                run.endedAt(),
                                run.baseUrl(),
                                run.liveVersion(),
                                run.liveDigest(),
                                run.passed(),
                                run.steps()))
                        .toList(),
                baselines
                        .newest(release)
                        .flatMap(before -> runs.stream().findFirst().map(after -> before.comparedWith(after.steps())))
                        .orElse(List.of()),
                comparisons.newest(release).orElse(null));
    }

    // ---- closure

    /** Who signed how the release ended. */
    record SignatureJson(String outcome, String note, String signedBy, Instant signedAt, String digest) {}

    /** What is owed. */
    record OwedJson(
            String key,
            String kind,
            String statement,
            String owner,
            Instant due,
            boolean blocksClosure,
            boolean open,
            @Nullable String evidence) {

        static OwedJson of(Obligation obligation) {
            return new OwedJson(
                    obligation.owed().key(),
                    obligation.owed().kind().name(),
                    obligation.owed().statement(),
                    obligation.owed().owner().group(),
                    obligation.owed().due(),
                    obligation.owed().blocksClosure(),
                    obligation.open(),
                    obligation.evidence().orElse(null));
        }
    }

    /** One condition of the proof. */
    record ConditionJson(String name, boolean met, String evidence, List<String> remedies) {}

    /** A branch of the proof. */
    record BranchJson(String name, String state, List<ConditionJson> conditions) {}

    /** The record of the closure; the proof is what was signed, or what the conditions say now. */
    record ClosureJson(
            boolean holds,
            Instant provenAt,
            @Nullable String digest,
            List<BranchJson> proof,
            @Nullable SignatureJson signature,
            List<OwedJson> obligations,
            List<ClosureRecords.Addendum> addenda) {}

    @GetMapping("/closure")
    ClosureJson closure(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        ProofTree proof = records.proof(release);
        return new ClosureJson(
                proof.holds(),
                proof.provenAt(),
                proof.digest().orElse(null),
                proof.branches().stream()
                        .map(branch -> new BranchJson(
                                branch.name(),
                                branch.state(),
                                branch.leaves().stream()
                                        .map(leaf -> new ConditionJson(
                                                leaf.name(), leaf.met(), leaf.evidence(), leaf.remedies()))
                                        .toList()))
                        .toList(),
                closing.signed(release)
                        .map(closure -> new SignatureJson(
                                closure.outcome().name(),
                                closure.note(),
                                closure.signedBy(),
                                closure.signedAt(),
                                closure.digest()))
                        .orElse(null),
                records.obligations(release).stream().map(OwedJson::of).toList(),
                records.addenda(release));
    }

    /** Evidence that an obligation is fulfilled. */
    record Fulfilment(@Nullable String obligation, @Nullable String evidence) {}

    /** Fulfils an obligation; after the closing it is added to the record. */
    @PostMapping("/closure/obligations")
    ClosureJson fulfil(@PathVariable String key, @RequestBody Fulfilment body, Viewer viewer) {
        records.fulfil(
                release(key, viewer),
                ReviewInput.text(body.obligation()),
                viewer.person(),
                ReviewInput.text(body.evidence()));
        return closure(key, viewer);
    }

    // ---- review

    /** The review of a release. */
    record ReviewJson(Reviews.@Nullable Review review, List<Reviews.Point> points, List<Lessons.Lesson> lessons) {}

    @GetMapping("/review")
    ReviewJson review(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        return new ReviewJson(reviews.find(release).orElse(null), reviews.points(release), lessons.of(release));
    }

    /** The timeline as it was assembled, people by their role. */
    @GetMapping("/review/timeline")
    Paging<TimelineEntry> timeline(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        return Paging.of(
                reviews.timeline(release(key, viewer), PageRequest.of(Paging.page(page), Paging.size(size))),
                entry -> entry);
    }

    /** Asks for a review. */
    @PostMapping("/review")
    @ResponseStatus(HttpStatus.CREATED)
    ReviewJson requestReview(@PathVariable String key, Viewer viewer) {
        reviews.request(release(key, viewer), viewer.person());
        return review(key, viewer);
    }

    /** Something that contributed or helped. */
    record NewPoint(@Nullable String kind, @Nullable String text) {}

    /** Adds what contributed or what helped. */
    @PostMapping("/review/points")
    @ResponseStatus(HttpStatus.CREATED)
    void point(@PathVariable String key, @RequestBody NewPoint body, Viewer viewer) {
        Release release = release(key, viewer);
        reviews.requireOpen(release, viewer.person());
        reviews.add(release, viewer.person(), ReviewInput.kind(body.kind()), ReviewInput.text(body.text()));
    }

    /** An action with the group of its owner and the day until which it is done. */
    record NewAction(
            @Nullable String text,
            @Nullable String owner,
            @Nullable String due) {}

    /** Adds an action, which is owed from then on. */
    @PostMapping("/review/actions")
    @ResponseStatus(HttpStatus.CREATED)
    void action(@PathVariable String key, @RequestBody NewAction body, Viewer viewer) {
        Release release = release(key, viewer);
        reviews.requireOpen(release, viewer.person());
        reviews.addAction(
                release,
                viewer.person(),
                ReviewInput.text(body.text()),
                ReviewInput.owner(body.owner()),
                ReviewInput.due(body.due()));
    }

    /** A lesson with its tags. */
    record NewLesson(@Nullable String lesson, @Nullable String tags) {}

    /** Keeps a lesson. */
    @PostMapping("/review/lessons")
    @ResponseStatus(HttpStatus.CREATED)
    void lesson(@PathVariable String key, @RequestBody NewLesson body, Viewer viewer) {
        Release release = release(key, viewer);
        reviews.requireOpen(release, viewer.person());
        lessons.add(release, viewer.person(), ReviewInput.text(body.lesson()), ReviewInput.text(body.tags()));
    }

    /** Lessons of other releases that fit this one, the best first. */
    @GetMapping("/lessons")
    List<Lessons.Match> lessons(@PathVariable String key, Viewer viewer) {
        return lessons.similar(release(key, viewer), MOST_LESSONS);
    }

    // ---- feedback

    /** The feedback on a release. */
    record FeedbackJson(
            Feedback.@Nullable Collection collection,
            List<Feedback.Link> links,
            List<Feedback.Report> reports,
            Feedback.@Nullable Summary summary) {}

    @GetMapping("/feedback")
    FeedbackJson feedback(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        return new FeedbackJson(
                feedback.collection(release).orElse(null),
                feedback.links(release),
                feedback.reports(release),
                feedback.summary(release).orElse(null));
    }

    /** What a user reported. */
    record NewReport(
            @Nullable String title,
            @Nullable String description,
            @Nullable String signature,
            @Nullable String reportedAt) {}

    /** Enters what a user reported, and proposes its link. */
    @PostMapping("/feedback/reports")
    @ResponseStatus(HttpStatus.CREATED)
    FeedbackJson report(@PathVariable String key, @RequestBody NewReport body, Viewer viewer) {
        Release release = release(key, viewer);
        feedback.requireDesk(release, viewer.person());
        feedback.report(
                release,
                viewer.person(),
                ReviewInput.text(body.title()),
                ReviewInput.text(body.description()),
                ReviewInput.text(body.signature()),
                ReviewInput.moment("reportedAt", body.reportedAt()));
        return feedback(key, viewer);
    }

    /** Whether a link is confirmed or denied. */
    record LinkVerdict(
            @Nullable Boolean confirmed, @Nullable String note) {}

    /** Confirms or denies a link; a later verdict counts. */
    @PostMapping("/feedback/links/{link}")
    FeedbackJson judge(
            @PathVariable String key, @PathVariable long link, @RequestBody LinkVerdict body, Viewer viewer) {
        Release release = release(key, viewer);
        feedback.requireDesk(release, viewer.person());
        if (body.confirmed() == null) {
            throw new io.slipway.release.Refused("confirmed", "'confirmed' is true or false.");
        }
        feedback.judge(release, viewer.person(), link, body.confirmed(), ReviewInput.text(body.note()));
        return feedback(key, viewer);
    }

    // ---- operability

    /** What operations has to bring up to date. */
    @GetMapping("/operability")
    List<Operability.Required> operability(@PathVariable String key, Viewer viewer) {
        return operability.required(release(key, viewer));
    }

    /** What shows that an update is done. */
    record Evidence(@Nullable String evidence) {}

    /** Attests that an update is done. */
    @PostMapping("/operability/{kind}")
    List<Operability.Required> attest(
            @PathVariable String key, @PathVariable String kind, @RequestBody Evidence body, Viewer viewer) {
        operability.attest(release(key, viewer), viewer.person(), kind, ReviewInput.text(body.evidence()));
        return operability(key, viewer);
    }
}
