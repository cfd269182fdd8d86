package io.slipway.validation;

import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.LiveSystems.Live;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import io.slipway.validation.StepResult.Finding;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Watches releases in production: synthetic checks until they have baked, then hypercare. */
@Service
public class Validations {

    private final ValidationRepository validations;
    private final SyntheticRunRepository runs;
    private final ValidationSettings settings;
    private final Landscape landscape;
    private final LiveSystems lives;
    private final SealedPackages packages;
    private final Comparisons comparisons;
    private final AuditTrail audit;
    private final Clock clock;

    Validations(
            ValidationRepository validations,
            SyntheticRunRepository runs,
            ValidationSettings settings,
            Landscape landscape,
            LiveSystems lives,
            SealedPackages packages,
            Comparisons comparisons,
            AuditTrail audit,
            Clock clock) {
        this.validations = validations;
        this.runs = runs;
        this.settings = settings;
        this.landscape = landscape;
        this.lives = lives;
        this.packages = packages;
        this.comparisons = comparisons;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Begins to watch a release; a release that is watched already is watched anew.
     *
     * @throws Refused when the system has no synthetic check: nothing would be looked at; or when production does not serve the
     *     release's own sealed package, whatever the process has carried so far: something else would be looked at
     */
    @Transactional
    public void open(Release release) {
        if (settings.stepsOf(release.system()).isEmpty()) {
            throw new Refused("The system '" + release.system()
                    + "' has no synthetic check; please add its steps under slipway.validation.checks."
                    + release.system()
                    + ".");
        }
        String own = ownPackageLive(release);
        ValidationSettings.Rhythm rhythm = settings.rhythmOf(release);
        Validation opened = validations.saveAndFlush(new Validation(release.id(), own, rhythm, clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "validation.open",
                release.key(),
                Map.of(),
                Map.of(
                        "passes",
                        rhythm.passes(),
                        "pause",
                        rhythm.pause().toString(),
                        "bakedAt",
                        opened.bakedAt().toString())));
    }

    /** Digest of the release's own package, which production serves. */
    private String ownPackageLive(Release release) {
        String own = packages.present(release)
                .map(SealedPackage::digest)
                .orElseThrow(() -> new Refused("No package of " + release.key()
                        + " is sealed, so nothing of it can be watched in production; please move the token back to"
                        + " the step 'Package release'."));
        Optional<Live> live = live(release);
        if (live.filter(running -> running.version().equals(release.version()))
                .map(Live::packageDigest)
                .filter(own::equals)
                .isEmpty()) {
            throw new Refused(
                    release.key() + " is not what the users of production reach: "
                            + live.map(running -> "version " + running.version() + " with package "
                                            + running.packageDigest() + " is live there")
                                    .orElse("nothing is live there")
                            + ", and its own package is " + own
                            + "; please move the token back to the step 'Deploy release' and see that it deploys to production.");
        }
        return own;
    }

    /**
     * What follows from a synthetic check.
     *
     * @param passed whether every step found what it expected
     * @param baked whether enough checks passed for long enough
     * @param next when to look again, in whole seconds as timers have them
     */
    public record Outcome(boolean passed, boolean baked, Instant next) {}

    /**
     * Runs the synthetic check once against what is live and keeps the result.
     *
     * @throws Refused when nobody watches the release
     */
    @Transactional
    public Outcome check(Release release) {
        Validation validation = open(release.id().value());
        Optional<Live> live = live(release);
        Instant startedAt = clock.instant();
        List<StepResult> results = new ArrayList<>();
        results.add(identity(release, validation, live));
        if (results.get(0).passed()) {
            live.ifPresent(running -> results.addAll(new Journey(settings, release.system()).run(running.baseUrl())));
        }
        Instant now = clock.instant();
        SyntheticRun run = runs.saveAndFlush(
                new SyntheticRun(validation, live.orElse(new Live("", "", "")), results, startedAt, now));
        long passed = runs.countByValidationIdAndPassed(validation.id(), true);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "validation.check",
                run.baseUrl(),
                Map.of(),
                Map.of("passed", run.passed(), "passedSoFar", passed, "failure", run.failure())));
        Tally tally = tally(release, validation, passed);
        boolean baked = run.passed() && tally.sound() && validation.bakedAfter(tally.passed(), now);
        return new Outcome(tally.sound(), baked, next(validation, tally.passed(), now));
    }

    /**
     * How the last checks went.
     *
     * @param sound whether no more of them failed than may
     * @param passed checks that count as passed
     */
    private record Tally(boolean sound, long passed) {}

    /** Where none may fail, every passed check counts; otherwise those among the last that are looked at. */
    private Tally tally(Release release, Validation validation, long passed) {
        int of = settings.rhythmOf(release).of();
        int mayFail = Math.max(0, of - validation.passes());
        if (mayFail == 0) {
            boolean sound = runs.findFirstByValidationIdOrderByIdDesc(validation.id())
                    .filter(SyntheticRun::passed)
                    .isPresent();
            return new Tally(sound, passed);
        }
        List<SyntheticRun> last = runs.findByValidationIdOrderByIdDesc(validation.id(), Limit.of(of));
        long failed = last.stream().filter(run -> !run.passed()).count();
        return new Tally(failed <= mayFail, last.size() - failed);
    }

    /** A check of something else would prove nothing. */
    private static StepResult identity(Release release, Validation validation, Optional<Live> live) {
        return new StepResult(
                "Find the release live",
                "the record of what is live",
                List.of(
                        Finding.of(
                                "version",
                                release.version(),
                                live.map(Live::version).orElse("nothing")),
                        Finding.of(
                                "package",
                                validation.packageDigest(),
                                live.map(Live::packageDigest).orElse("nothing"))));
    }

    private static Instant next(Validation validation, long passed, Instant now) {
        Instant next = now.plus(validation.pause());
        boolean onlyTimeIsMissing =
                passed + 1 >= validation.passes() && validation.bakedAt().isBefore(next);
        Instant wanted = onlyTimeIsMissing && validation.bakedAt().isAfter(now) ? validation.bakedAt() : next;
        Instant whole = wanted.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(wanted) ? whole : whole.plusSeconds(1);
    }

    /**
     * Begins hypercare; begun before, it goes on as it was.
     *
     * @return when it ends
     * @throws Refused when the release has not baked, or its metrics are not accepted, whatever the process says
     */
    @Transactional
    public Instant startHypercare(Release release) {
        Validation validation = open(release.id().value());
        Optional<Instant> begun = validation.hypercareEnds();
        if (begun.isPresent()) {
            return begun.get();
        }
        Tally tally = tally(release, validation, runs.countByValidationIdAndPassed(validation.id(), true));
        boolean sound = runs.findFirstByValidationIdOrderByIdDesc(validation.id())
                .filter(SyntheticRun::passed)
                .isPresent();
        if (!sound || !tally.sound() || !validation.bakedAfter(tally.passed(), clock.instant())) {
            throw new Refused(release.key() + " has not passed its " + validation.passes() + " checks until "
                    + validation.bakedAt() + "; please let the token go back to the synthetic check.");
        }
        comparisons.requireAccepted(release);
        Instant ends = clock.instant().plus(settings.rhythmOf(release).hypercare());
        validation.startHypercare(ends);
        validations.saveAndFlush(validation);
        audit.record(AuditTrail.Entry.of(
                release.id(), "validation.startHypercare", release.key(), Map.of(), Map.of("ends", ends.toString())));
        return ends;
    }

    /** The watch that counts; empty while the release was never live. */
    @Transactional(readOnly = true)
    public Optional<Validation> newest(Release release) {
        return validations.findFirstByReleaseIdOrderByIdDesc(release.id().value());
    }

    /** The newest checks of a release, the newest first. */
    @Transactional(readOnly = true)
    public List<SyntheticRun> runs(Release release, int most) {
        return runs.findByReleaseIdOrderByIdDesc(release.id().value(), Limit.of(most));
    }

    private Validation open(java.util.UUID release) {
        return validations
                .findFirstByReleaseIdOrderByIdDesc(release)
                .orElseThrow(() -> new Refused("Nobody watches this release in production; please let the token go back"
                        + " to the step 'Open validation'."));
    }

    private Optional<Live> live(Release release) {
        return lives.of(release.system(), landscape.production(release.system()).key());
    }
}
