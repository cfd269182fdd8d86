package io.slipway.validation.closing;

import io.slipway.integration.cmdb.ConfigurationItem;
import io.slipway.integration.cmdb.ConfigurationRegister.Installed;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.ClosingCondition.Finding;
import io.slipway.release.Contributions;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.LiveSystems.Live;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.validation.Validation;
import io.slipway.validation.Validations;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Closes releases: updates the register, asks every phase what is still open, takes the review and the signature, ends. */
@Service
public class Closing {

    private final ClosingEvaluationRepository evaluations;
    private final EmergencyReviewRepository reviews;
    private final ReleaseClosureRepository closures;
    private final ProductionRollbacks rollbacks;
    private final Production production;
    private final Validations validations;
    private final Contributions contributions;
    private final Releases releases;
    private final EnvironmentBookings bookings;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Closing(
            ClosingEvaluationRepository evaluations,
            EmergencyReviewRepository reviews,
            ReleaseClosureRepository closures,
            ProductionRollbacks rollbacks,
            Production production,
            Validations validations,
            @Lazy Contributions contributions,
            Releases releases,
            EnvironmentBookings bookings,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.evaluations = evaluations;
        this.reviews = reviews;
        this.closures = closures;
        this.rollbacks = rollbacks;
        this.production = production;
        this.validations = validations;
        this.contributions = contributions;
        this.releases = releases;
        this.bookings = bookings;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Writes into the register of configuration items what production runs, and reads it back. The key of the wish names what was
     * there before and what is wanted, so that a repetition changes nothing, while a foreign change in between is corrected.
     *
     * @throws IllegalStateException when the register says something else afterwards
     */
    @Transactional
    public void updateRegister(Release release) {
        Optional<Installed> wanted = production.wanted(release);
        Optional<ConfigurationItem> before = production.item(release);
        if (before.map(ConfigurationItem::installed).equals(wanted)) {
            return;
        }
        production.write(
                release,
                wanted,
                "release/" + release.id() + "/"
                        + Canonical.digest(List.of(before, wanted)).substring(0, 32));
        Optional<Installed> found = production.registered(release);
        if (!found.equals(wanted)) {
            throw new IllegalStateException("The register of configuration items says " + found + " for "
                    + release.system() + " and not " + wanted + "; please correct the item there and retry.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "register.update",
                release.system() + "/" + production.environment(release),
                facts(before.map(ConfigurationItem::installed)),
                facts(found)));
    }

    private static Map<String, String> facts(Optional<Installed> installed) {
        Map<String, String> facts = new LinkedHashMap<>();
        installed.ifPresent(item -> {
            facts.put("version", item.version());
            facts.put("digest", item.digest());
            item.release().ifPresent(release -> facts.put("release", release));
        });
        return facts;
    }

    /** Asks every closing condition and keeps what was found; returns the number of those that do not hold. */
    @Transactional
    public int evaluate(Release release) {
        ClosingEvaluation evaluation = evaluations.saveAndFlush(
                new ClosingEvaluation(release, contributions.closingFindings(release), clock.instant()));
        Map<String, Boolean> met = new TreeMap<>();
        evaluation.findings().forEach((name, finding) -> met.put(name, finding.met()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "closing.evaluate",
                release.key(),
                Map.of(),
                Map.of("openPoints", evaluation.openPoints(), "met", met, "digest", evaluation.digest())));
        return evaluation.openPoints();
    }

    /** What was found last; empty while nobody has asked. */
    @Transactional(readOnly = true)
    public Optional<ClosingEvaluation> latest(Release release) {
        return evaluations.findFirstByReleaseIdOrderByIdDesc(release.id().value());
    }

    /** The review of an emergency; empty until it was made, and for other releases. */
    @Transactional(readOnly = true)
    public Optional<EmergencyReview> reviewed(Release release) {
        return reviews.findById(release.id().value());
    }

    /** How the release ended; empty until it was signed. */
    @Transactional(readOnly = true)
    public Optional<ReleaseClosure> signed(Release release) {
        return closures.findById(release.id().value());
    }

    /**
     * Records that somebody settled open points, and brings the register up to date again, which nobody could do elsewhere.
     *
     * @param note what was done; may be empty
     * @throws Refused when the person is no release manager
     */
    @Transactional
    public void resolve(Release release, String person, String note) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        int open = latest(release).map(ClosingEvaluation::openPoints).orElse(0);
        audit.record(AuditTrail.Entry.of(
                release.id(), "closing.resolve", release.key(), Map.of("openPoints", open), Map.of("note", note)));
        updateRegister(release);
    }

    /**
     * Whether a person could review an emergency release.
     *
     * @throws Refused when the person approved it, or has another part in it
     */
    @Transactional(readOnly = true)
    public void mayReview(Release release, String person) {
        if (releases.involved(release.id(), Part.APPROVER).contains(person)) {
            throw new Refused(
                    "Whoever approved the emergency does not review it; please leave this to another change authority.");
        }
        releases.mayTake(release.id(), person, Part.APPROVER);
    }

    /**
     * Records the review of an emergency release.
     *
     * @throws Refused when the person is no change authority, approved the release or has another part in it
     */
    @Transactional
    public void review(Release release, String person, ReviewVerdict verdict, String note) {
        permissions.require(release, person, Role.CHANGE_AUTHORITY);
        mayReview(release, person);
        if (reviewed(release).isPresent()) {
            throw new Refused(release.key() + " has been reviewed already.");
        }
        releases.involve(release.id(), person, Part.APPROVER);
        try {
            reviews.saveAndFlush(new EmergencyReview(release.id(), verdict, note, person, clock.instant()));
        } catch (DataIntegrityViolationException e) {
            throw new Refused(release.key() + " has been reviewed already.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "closing.review",
                release.key(),
                Map.of(),
                Map.of("person", person, "verdict", verdict.name(), "note", note)));
    }

    /**
     * Takes the signature under the outcome of a release.
     *
     * @param note what should be remembered; may be empty
     * @throws Refused when the person is no release manager, a closing condition does not hold now, an emergency was not reviewed,
     *     the outcome contradicts the records, or the closure was signed before
     */
    @Transactional
    public void sign(Release release, String person, ReleaseOutcome outcome, String note) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        if (signed(release).isPresent()) {
            throw new Refused("The closure of " + release.key() + " has been signed already.");
        }
        ClosingEvaluation shown = latest(release)
                .orElseThrow(() -> new Refused("The closing conditions of " + release.key() + " were never asked."));
        contributions.closingFindings(release).forEach(Closing::requireMet);
        Optional<EmergencyReview> review = reviewed(release);
        if (review.isEmpty()
                && release.releaseClass().filter(ReleaseClass.EMERGENCY::equals).isPresent()) {
            throw new Refused(release.key() + " is an emergency and must be reviewed before it is closed.");
        }
        contradiction(release, outcome, review).ifPresent(sentence -> {
            throw new Refused("closureOutcome", sentence);
        });
        try {
            closures.saveAndFlush(new ReleaseClosure(release.id(), outcome, note, person, clock.instant(), shown));
        } catch (DataIntegrityViolationException e) {
            throw new Refused("The closure of " + release.key() + " has been signed already.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "closing.sign",
                release.key(),
                Map.of(),
                Map.of("person", person, "outcome", outcome.name(), "note", note, "digest", shown.digest())));
    }

    private static void requireMet(String name, Finding finding) {
        if (!finding.met()) {
            throw new Refused("The closing condition '" + name + "' does not hold: " + finding.evidence() + " "
                    + String.join(" ", finding.remedies()));
        }
    }

    /** Why an outcome cannot be true by what production runs and what happened there. */
    private Optional<String> contradiction(Release release, ReleaseOutcome outcome, Optional<EmergencyReview> review) {
        boolean runs = production.runs(release);
        String running = production.live(release).map(Live::version).orElse("nothing of it");
        long backs = rollbacks.count(release);
        return switch (outcome) {
            case SUCCESSFUL, SUCCESSFUL_WITH_ISSUES -> {
                if (!runs) {
                    yield Optional.of("The outcome cannot be '" + outcome.label() + "': production runs " + running
                            + " and not " + release.version() + ".");
                }
                Optional<Instant> hypercareEnds = validations.newest(release).flatMap(Validation::hypercareEnds);
                if (hypercareEnds.isEmpty()) {
                    yield Optional.of("The outcome cannot be '" + outcome.label()
                            + "': the release has not passed its checks in production.");
                }
                // Whole seconds, as timers have them.
                Instant lasts = hypercareEnds.get().truncatedTo(ChronoUnit.SECONDS);
                if (clock.instant().isBefore(lasts)) {
                    yield Optional.of("The outcome cannot be '" + outcome.label() + "': hypercare lasts until " + lasts
                            + "; please sign after that.");
                }
                if (outcome == ReleaseOutcome.SUCCESSFUL && backs > 0) {
                    yield Optional.of(
                            "The outcome cannot be 'Successful': production was rolled back on the way; please"
                                    + " choose 'Successful with issues'.");
                }
                if (outcome == ReleaseOutcome.SUCCESSFUL
                        && review.map(EmergencyReview::verdict)
                                .filter(ReviewVerdict.FINDINGS::equals)
                                .isPresent()) {
                    yield Optional.of("The outcome cannot be 'Successful': the review of the emergency has findings;"
                            + " please choose 'Successful with issues'.");
                }
                yield Optional.empty();
            }
            case ROLLED_BACK -> {
                if (runs) {
                    yield Optional.of("The outcome cannot be 'Rolled back': production runs " + running + ".");
                }
                yield backs > 0
                        ? Optional.empty()
                        : Optional.of("The outcome cannot be 'Rolled back': production was never rolled back; please"
                                + " choose 'Unsuccessful'.");
            }
            case UNSUCCESSFUL -> Optional.empty();
            case CANCELLED -> Optional.of("A release is cancelled before production is touched, not at its closure.");
        };
    }

    /**
     * Ends a release with the outcome that was signed and gives back every environment it holds; ended before, nothing changes.
     *
     * @throws Refused when nobody signed
     */
    @Transactional
    public void close(Release release) {
        ReleaseClosure closure = signed(release)
                .orElseThrow(() -> new Refused("Nobody has signed how " + release.key()
                        + " ended; a release manager signs the closure first."));
        releases.end(release.id(), closure.outcome());
        bookings.giveBackAll(release);
    }
}
