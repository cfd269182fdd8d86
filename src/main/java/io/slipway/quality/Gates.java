package io.slipway.quality;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.artifacts.ArtifactStore.StoredArtifact;
import io.slipway.integration.artifacts.ArtifactTooLarge;
import io.slipway.integration.artifacts.FileNames;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.platform.process.RuleTables;
import io.slipway.quality.process.PassQualityGateProcess;
import io.slipway.quality.selection.TestSelections;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Obligations;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/**
 * Takes evidence in, speaks verdicts on it, and keeps the waivers of those that failed. A gate belongs to one sealed package: another
 * package, or the same one packaged again, begins without evidence.
 */
@Service
public class Gates {

    private static final String DECISION = "gate-verdict";
    private static final int LONGEST_TEXT = 2000;

    private final EvidenceRepository evidence;
    private final GateEvaluationRepository evaluations;
    private final GateVerdictRepository verdicts;
    private final GateWaiverRepository waivers;
    private final Findings findings;
    private final TestSelections selections;
    private final Obligations obligations;
    private final ArtifactStore store;
    private final SealedPackages packages;
    private final LiveSystems lives;
    private final Landscape landscape;
    private final Releases releases;
    private final Permissions permissions;
    private final PinnedDecisions decisions;
    private final RuleTables tables;
    private final AuditTrail audit;
    private final OpenBriefs briefs;
    private final GateSettings settings;
    private final TransactionOperations transaction;
    private final Clock clock;

    Gates(
            EvidenceRepository evidence,
            GateEvaluationRepository evaluations,
            GateVerdictRepository verdicts,
            GateWaiverRepository waivers,
            Findings findings,
            TestSelections selections,
            Obligations obligations,
            ArtifactStore store,
            SealedPackages packages,
            LiveSystems lives,
            Landscape landscape,
            Releases releases,
            Permissions permissions,
            PinnedDecisions decisions,
            RuleTables tables,
            AuditTrail audit,
            OpenBriefs briefs,
            GateSettings settings,
            TransactionOperations transaction,
            Clock clock) {
        this.evidence = evidence;
        this.evaluations = evaluations;
        this.verdicts = verdicts;
        this.waivers = waivers;
        this.findings = findings;
        this.selections = selections;
        this.obligations = obligations;
        this.store = store;
        this.packages = packages;
        this.lives = lives;
        this.landscape = landscape;
        this.releases = releases;
        this.permissions = permissions;
        this.decisions = decisions;
        this.tables = tables;
        this.audit = audit;
        this.briefs = briefs;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Takes a report of tests, security or coverage in for the gate of an environment; what it is says its content. A report of the same name takes the place of the earlier one; the same
     * bytes again change nothing.
     *
     * @param content JUnit XML, SARIF 2.1.0 or JaCoCo XML, read to its end and not closed
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when the file is no report, is hostile or too large, the environment is not on the release's route, or no package
     *     is sealed
     * @throws IOException when the sender breaks off
     */
    public Evidence supply(Release release, String environment, String name, InputStream content, String person)
            throws IOException {
        GateId gate = Objects.requireNonNull(transaction.execute(status -> openFor(release, environment, person)));
        FileNames.problem(name).ifPresent(problem -> {
            throw new Refused("file", problem);
        });
        StoredArtifact stored;
        try {
            stored = store.put(content, settings.report().toBytes());
        } catch (ArtifactTooLarge e) {
            throw new Refused(
                    "file",
                    name + " has more than " + settings.report().toMegabytes() + " MB, the most for one report.");
        }
        ReadEvidence report = counted(name, stored);
        Evidence supplied = transaction.execute(status -> {
            if (!openFor(release, environment, person).equals(gate)) {
                throw new Refused("The package of " + release.key()
                        + " was sealed anew meanwhile; please hand in reports of tests of that one.");
            }
            return record(release, gate, name, stored, report, person);
        });
        briefs.renew(release.key(), PassQualityGateProcess.KEY, PassQualityGateProcess.Element.SUPPLY_EVIDENCE.id());
        return Objects.requireNonNull(supplied);
    }

    /** Most bytes of one report. */
    public DataSize reportLimit() {
        return settings.report();
    }

    private GateId openFor(Release release, String environment, String person) {
        permissions.require(release, person, Role.QA);
        Release now = releases.get(release.id());
        if (now.state().ended()) {
            throw new Refused(now.key() + " has ended.");
        }
        if (now.onHold()) {
            throw new Refused(
                    now.key() + " is on hold; reports can be handed in when a release manager has resumed it.");
        }
        return gate(now, environment);
    }

    private ReadEvidence counted(String name, StoredArtifact stored) throws IOException {
        try (InputStream in = store.open(stored.sha256())) {
            return EvidenceFormats.read(in);
        } catch (ReportRefused e) {
            throw new Refused("file", name + " is refused: " + e.getMessage());
        }
    }

    private Evidence record(
            Release release, GateId gate, String name, StoredArtifact stored, ReadEvidence read, String person) {
        List<Evidence> present = current(gate);
        Optional<Evidence> same = present.stream()
                .filter(other -> other.name().equals(name) && other.sha256().equals(stored.sha256()))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (present.size() >= settings.reports()) {
            throw new Refused("file", "A gate has at most " + settings.reports() + " reports.");
        }
        Evidence supplied =
                evidence.save(new Evidence(gate, name, stored.size(), stored.sha256(), read, person, clock.instant()));
        if (read instanceof ReadEvidence.Scan scan) {
            findings.record(release, supplied.number(), scan.results());
        } else if (read instanceof ReadEvidence.Tests tests) {
            selections.remember(
                    release,
                    tests.cases().stream()
                            .filter(test -> test.outcome() != JUnitXml.Outcome.SKIPPED)
                            .map(test -> new TestSelections.Ran(
                                    test.type(),
                                    test.name(),
                                    test.millis(),
                                    test.outcome() == JUnitXml.Outcome.FAILED,
                                    test.outcome() == JUnitXml.Outcome.FLAKY))
                            .toList());
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.supplyEvidence",
                gate.environment() + "/" + name,
                Map.of(),
                Map.of(
                        "sha256",
                        stored.sha256(),
                        "packageDigest",
                        gate.packageDigest(),
                        "kind",
                        supplied.kind().name(),
                        "summary",
                        supplied.summary())));
        return supplied;
    }

    /** A person who assures quality says that all reports of a gate have been handed in. */
    @Transactional
    public void declareWhole(Release release, String environment, String person, String note) {
        permissions.require(release, person, Role.QA);
        GateId gate = gate(release, environment);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.completeEvidence",
                environment,
                Map.of(),
                Map.of("reports", current(gate).size(), "packageDigest", gate.packageDigest(), "note", note)));
    }

    /**
     * Counts the reports of a gate and records the figures on which the verdict will be spoken.
     *
     * @throws Refused when no package is sealed, the environment is not on the release's route, or it does not run the sealed
     *     package, so that reports of it cannot be about that one
     */
    @Transactional
    public GateFacts evaluate(Release release, String environment) {
        GateId gate = gate(release, environment);
        requireLive(release, gate);
        List<Evidence> present = current(gate);
        GateFacts facts = facts(release, environment, present);
        evaluations.save(new GateEvaluation(
                gate,
                new GateEvaluation.Content(
                        facts, present.stream().map(GateExplanation.Report::of).toList()),
                clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(), "quality.evaluateEvidence", environment, Map.of(), Map.of("facts", facts)));
        return facts;
    }

    private GateFacts facts(Release release, String environment, List<Evidence> present) {
        Findings.Count open = findings.open(
                release,
                present.stream()
                        .filter(report -> report.kind() == EvidenceKind.SECURITY)
                        .map(Evidence::number)
                        .toList());
        Set<EvidenceKind> proved =
                present.stream().filter(Evidence::proves).map(Evidence::kind).collect(Collectors.toSet());
        Environment.Tier tier = landscape.route(release.system(), release.urgency()).stream()
                .filter(passed -> passed.key().equals(environment))
                .map(Environment::tier)
                .findFirst()
                .orElseThrow();
        return GateFacts.of(
                        environment,
                        release.releaseClass().map(Enum::name).orElse(null),
                        present.stream()
                                .filter(report -> report.kind() == EvidenceKind.TESTS)
                                .map(Evidence::report)
                                .toList())
                .withMissing(settings.required(tier).stream()
                        // Tests have figures of their own, which say it when there are none.
                        .filter(kind -> kind != EvidenceKind.TESTS && !proved.contains(kind))
                        .sorted()
                        .map(EvidenceKind::label)
                        .toList())
                .withErrors(open.errors())
                .withWarnings(open.warnings())
                .withCoverage(coverage(present));
    }

    /** Percent of lines over all reports of coverage. */
    private static int coverage(List<Evidence> present) {
        List<CoverageReport> reports =
                present.stream().flatMap(report -> report.coverage().stream()).toList();
        long lines = reports.stream().mapToLong(CoverageReport::lines).sum();
        long covered = reports.stream().mapToLong(CoverageReport::coveredLines).sum();
        return lines == 0 ? GateFacts.NOT_MEASURED : (int) (covered * 100 / lines);
    }

    /**
     * Records the verdict on the figures that were recorded last, after asking the pinned decision once more.
     *
     * @param claimed what the process says the verdict is
     * @throws Refused when the process says something else than the decision, so that somebody changed a variable; or when nothing was
     *     evaluated
     */
    @Transactional
    public GateVerdict recordVerdict(Release release, String environment, String claimed) {
        GateId gate = gate(release, environment);
        GateEvaluation.Content evaluated = evaluations
                .findFirstByGateOrderBySeqDesc(gate)
                .orElseThrow(() -> new Refused("The evidence of " + environment + " has not been evaluated."))
                .content();
        Object decided = decisions
                .evaluate(release.key(), DECISION, known(evaluated.facts()))
                .single();
        if (!decided.equals(claimed)) {
            throw new Refused("The process says that the gate of " + environment + " is " + claimed
                    + ", but on the recorded figures the decision says " + decided
                    + "; please restore the variable 'gateVerdict' and those it was decided on.");
        }
        GateJudge judge = new GateJudge(tables.open(release.key(), DECISION), evaluated.facts(), settings.effort());
        if (!judge.verdict().name().equals(decided)) {
            throw new IllegalStateException(
                    "The decision " + DECISION + " says " + decided + ", which its own table does not explain");
        }
        GateVerdict verdict = verdicts.save(
                new GateVerdict(gate, judge.verdict(), judge.explanation(evaluated.evidence()), clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.recordVerdict",
                environment,
                Map.of(),
                Map.of(
                        "verdict",
                        verdict.verdict().name(),
                        "packageDigest",
                        gate.packageDigest(),
                        "explanation",
                        verdict.explanation())));
        return verdict;
    }

    private void requireLive(Release release, GateId gate) {
        Optional<String> live = lives.of(release.system(), gate.environment()).map(LiveSystems.Live::packageDigest);
        if (live.filter(gate.packageDigest()::equals).isEmpty()) {
            throw new Refused(gate.environment() + " runs "
                    + live.map(digest -> "the package " + digest).orElse("nothing") + " and not the package "
                    + gate.packageDigest() + " of " + release.key()
                    + ", so its tests prove nothing; please move the token back to the step 'Deploy release'.");
        }
    }

    /** A fact that is not known is missing, which the table reads as its worst value. */
    private static Map<String, Object> known(GateFacts facts) {
        Map<String, Object> known = new TreeMap<>();
        facts.inputs().forEach((name, value) -> {
            if (value != null) {
                known.put(name, value);
            }
        });
        return known;
    }

    /** A person who assures quality decides that a failed gate is reworked. */
    @Transactional
    public void rework(Release release, String environment, String person, String reason) {
        permissions.require(release, person, Role.QA);
        GateVerdict failed = failed(release, environment);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.rework",
                environment,
                Map.of(),
                Map.of("verdict", failed.number(), "reason", reason)));
    }

    /**
     * Asks for leave to pass a failed gate.
     *
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when the gate has not failed, when texts are missing, or when the time is over or too long
     */
    @Transactional
    public GateWaiver askWaiver(Release release, String environment, WaiverRequest request, String person) {
        permissions.require(release, person, Role.QA);
        GateVerdict failed = failed(release, environment);
        require("gateReason", "a reason", request.reason());
        require("compensatingControl", "what makes up for the gap", request.compensatingControl());
        Instant now = clock.instant();
        if (!request.expiresAt().isAfter(now)) {
            throw new Refused("waiverExpires", "The waiver would have ended already; please choose a later time.");
        }
        if (request.expiresAt().isAfter(now.plus(settings.longestWaiver()))) {
            throw new Refused(
                    "waiverExpires",
                    "A waiver lasts at most " + shown(settings.longestWaiver()) + "; please choose an earlier time.");
        }
        GateWaiver waiver = waivers.save(new GateWaiver(failed, request, person, now));
        audit.record(AuditTrail.Entry.of(release.id(), "quality.askWaiver", environment, Map.of(), facts(waiver)));
        return waiver;
    }

    /**
     * Grants or refuses the waiver that was asked for last, and makes the person an approver of the release.
     *
     * @throws io.slipway.release.NotPermitted when the person is no change authority
     * @throws Refused when no waiver is waiting, when the person asked for it or has another part in the release, or when its time is
     *     over
     */
    @Transactional
    public GateWaiver decideWaiver(Release release, String environment, boolean granted, String reason, String person) {
        permissions.require(release, person, Role.CHANGE_AUTHORITY);
        GateWaiver waiver = waivers.findFirstByGateOrderBySeqDesc(gate(release, environment))
                .filter(asked -> asked.state() == GateWaiver.State.ASKED)
                .orElseThrow(() -> new Refused("No waiver has been asked for at " + environment + "."));
        if (waiver.askedBy().equals(person)) {
            throw new Refused("A waiver is granted by another person than the one who asked for it.");
        }
        require("waiverReason", "a reason", reason);
        releases.involve(release.id(), person, Part.APPROVER);
        if (granted && !clock.instant().isBefore(waiver.expiresAt())) {
            throw new Refused(
                    "waiverVerdict",
                    "The time that was asked for has passed; please refuse, so that another waiver can be asked for.");
        }
        Map<String, Object> before = facts(waiver);
        waiver.decide(granted, person, reason, clock.instant());
        waivers.save(waiver);
        audit.record(AuditTrail.Entry.of(release.id(), "quality.decideWaiver", environment, before, facts(waiver)));
        if (granted) {
            owe(release, environment, waiver);
        }
        return waiver;
    }

    /** Moment until which a failed verdict is settled by quality assurance; after it the board is asked. */
    public Instant deadline(GateVerdict verdict) {
        return verdict.recordedAt().plus(settings.settling());
    }

    /**
     * The board ships in spite of the failed gate: the gate is waived, and what the board wants in place of it is owed.
     *
     * @param vote number of the vote that decided
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public GateWaiver waiveByBoard(
            Release release, String environment, WaiverRequest request, long vote, String summary) {
        GateVerdict failed = failed(release, environment);
        Instant now = clock.instant();
        String board = "board vote " + vote;
        GateWaiver waiver = new GateWaiver(failed, request, board, now);
        waiver.decide(true, board, summary, now);
        GateWaiver granted = waivers.save(waiver);
        audit.record(AuditTrail.Entry.of(release.id(), "quality.waiveByBoard", environment, Map.of(), facts(granted)));
        owe(release, environment, granted);
        return granted;
    }

    /**
     * A granted waiver is a debt: what makes up for the gap has to be done until it ends, and shows up in closure and review. Whoever
     * asked for it has somebody else show that.
     */
    private void owe(Release release, String environment, GateWaiver waiver) {
        obligations.openFor(
                Obligations.NewObligation.of(
                        release,
                        "waiver/" + environment + "/" + waiver.number(),
                        Obligations.Kind.WAIVER,
                        "Show that this was done in place of the waived gate of " + environment + ": "
                                + waiver.compensatingControl(),
                        Role.QA,
                        waiver.expiresAt(),
                        false),
                waiver.askedBy());
    }

    /** Where the gate of an environment stands now; it is open when anything is missing. */
    public GateStanding standing(Release release, String environment) {
        Optional<SealedPackage> sealed = packages.present(release);
        if (sealed.isEmpty()) {
            return open(environment, "The package of " + release.key() + " is not sealed yet.", List.of());
        }
        GateId gate = gate(release, environment, sealed.get());
        List<Evidence> present = current(gate);
        Optional<GateVerdict> verdict = verdicts.findFirstByGateOrderBySeqDesc(gate);
        if (verdict.isEmpty()) {
            return open(
                    environment,
                    "The gate of " + environment
                            + " has no verdict for the present package; its tests are reported first.",
                    present);
        }
        Optional<GateWaiver> waiver = waivers.findFirstByGateOrderBySeqDesc(gate);
        if (verdict.get().verdict() == Verdict.PASSED) {
            return new GateStanding(
                    environment,
                    GateStanding.State.PASSED,
                    "The gate of " + environment + " was passed.",
                    present,
                    verdict,
                    waiver);
        }
        return judged(environment, present, verdict.get(), waiver);
    }

    private GateStanding judged(
            String environment, List<Evidence> present, GateVerdict failed, Optional<GateWaiver> waiver) {
        Optional<GateWaiver> own = waiver.filter(asked -> asked.verdict() == failed.number());
        boolean covered =
                own.filter(asked -> asked.covers(failed, clock.instant())).isPresent();
        String sentence;
        if (covered) {
            sentence = "The gate of " + environment + " failed and is passed by a waiver until "
                    + own.orElseThrow().expiresAt() + ".";
        } else if (own.filter(asked -> asked.state() == GateWaiver.State.GRANTED)
                .isPresent()) {
            sentence = "The waiver of the gate of " + environment + " ended at "
                    + own.orElseThrow().expiresAt() + "; the tests are repeated or another waiver is asked for.";
        } else {
            sentence = "The gate of " + environment + " failed: "
                    + failed.explanation().rule().because();
        }
        return new GateStanding(
                environment,
                covered ? GateStanding.State.WAIVED : GateStanding.State.OPEN,
                sentence,
                present,
                Optional.of(failed),
                waiver);
    }

    private static GateStanding open(String environment, String sentence, List<Evidence> present) {
        return new GateStanding(
                environment, GateStanding.State.OPEN, sentence, present, Optional.empty(), Optional.empty());
    }

    /** Where the gates of a release stand, in the order in which it passes them. */
    public List<GateStanding> standings(Release release) {
        return route(release).stream()
                .map(environment -> standing(release, environment))
                .toList();
    }

    /** Keys of the environments that a release passes before production, in order. */
    public List<String> route(Release release) {
        return landscape.route(release.system(), release.urgency()).stream()
                .map(Environment::key)
                .toList();
    }

    /**
     * Reports of a verdict whose bytes are no longer those that were counted, one sentence each.
     *
     * @throws io.slipway.integration.artifacts.ArtifactUnavailable when the store does not answer
     */
    List<String> damagedEvidence(GateVerdict verdict) {
        List<String> damaged = new ArrayList<>();
        for (GateExplanation.Report report : verdict.explanation().evidence()) {
            try {
                store.verify(report.sha256());
            } catch (ArtifactMissing | ArtifactCorrupt e) {
                damaged.add("The report " + report.name() + " of " + verdict.environment() + " is not what was judged: "
                        + e.getMessage() + " Please restore the artifact store.");
            }
        }
        return damaged;
    }

    private GateVerdict failed(Release release, String environment) {
        return verdicts.findFirstByGateOrderBySeqDesc(gate(release, environment))
                .filter(verdict -> verdict.verdict() == Verdict.FAILED)
                .orElseThrow(() -> new Refused("The gate of " + environment + " has not failed."));
    }

    private GateId gate(Release release, String environment) {
        if (!route(release).contains(environment)) {
            throw new Refused(
                    "environment",
                    "'" + environment + "' is no environment that " + release.key() + " passes before production.");
        }
        SealedPackage sealed = packages.present(release)
                .orElseThrow(() -> new Refused(
                        "The package of " + release.key() + " is not sealed yet; its tests are reported after that."));
        return gate(release, environment, sealed);
    }

    private static GateId gate(Release release, String environment, SealedPackage sealed) {
        return new GateId(release.id().value(), sealed.round(), environment, sealed.digest());
    }

    /** The newest report of each name. */
    private List<Evidence> current(GateId gate) {
        Map<String, Evidence> newest = new TreeMap<>();
        evidence.findByGateOrderBySeq(gate).forEach(report -> newest.put(report.name(), report));
        return List.copyOf(newest.values());
    }

    private static void require(String field, String what, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refused(field, "Please give " + what + " of 1 to " + LONGEST_TEXT + " characters.");
        }
    }

    private static String shown(java.time.Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toMinutes() + " minutes";
    }

    private static Map<String, Object> facts(GateWaiver waiver) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("waiver", waiver.number());
        facts.put("verdict", waiver.verdict());
        facts.put("state", waiver.state().name());
        facts.put("reason", waiver.reason());
        facts.put("compensatingControl", waiver.compensatingControl());
        facts.put("expiresAt", waiver.expiresAt().toString());
        facts.put("askedBy", waiver.askedBy());
        waiver.decidedBy().ifPresent(person -> facts.put("decidedBy", person));
        waiver.decisionReason().ifPresent(reason -> facts.put("decisionReason", reason));
        return facts;
    }
}
