package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.process.RunReleaseProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Requests releases, leads them through their states and keeps the parts of the people in them. */
@Service
public class Releases {

    private final ReleaseRepository releases;
    private final ReleaseWords words;
    private final InvolvementRepository involvements;
    private final Landscape landscape;
    private final ModelVersions models;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final EngineAccess access;
    private final ReleaseRequests requests;
    private final EnvironmentBookings bookings;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Releases(
            ReleaseRepository releases,
            ReleaseWords words,
            InvolvementRepository involvements,
            Landscape landscape,
            ModelVersions models,
            @Lazy RuntimeService runtime,
            @Lazy RepositoryService repository,
            EngineAccess access,
            ReleaseRequests requests,
            EnvironmentBookings bookings,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.releases = releases;
        this.words = words;
        this.involvements = involvements;
        this.landscape = landscape;
        this.models = models;
        this.runtime = runtime;
        this.repository = repository;
        this.access = access;
        this.requests = requests;
        this.bookings = bookings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Requests a release: records it, pins the versions of everything drawn that it will use, and starts its process.
     *
     * @throws Refused when version or title are not acceptable, or the key is taken
     * @throws NotFound when there is no such system
     */
    @Transactional
    public Release request(NewRelease request, String person) {
        check(request);
        landscape.system(request.system());
        if (releases.findByKey(request.key()).isPresent()) {
            throw new Refused("version", "There is a release " + request.key() + " already; a version is used once.");
        }
        // What stands behind a plus says nothing about which of two versions is later (SemVer 2.0.0, section 10).
        String core = NewRelease.key(request.system(), StringUtils.substringBefore(request.version(), "+"));
        // Of the characters that a version may have, none but the plus sign comes before the comma; an index finds a
        // range.
        releases.findFirstByKeyGreaterThanEqualAndKeyLessThan(core, core + ",").ifPresent(same -> {
            throw new Refused(
                    "version",
                    "Release " + same.key()
                            + " has this version already, since what stands behind a plus does not count; please raise it.");
        });
        Release release = releases.saveAndFlush(new Release(ReleaseId.draw(), request, person, clock.instant()));
        words.saveAll(ReleaseWord.of(release));
        involve(release.id(), person, Part.REQUESTER);
        models.pin(release.key());
        int version = models.pinned(release.key(), ModelKind.PROCESS, RunReleaseProcess.KEY)
                .orElseThrow(
                        () -> new Refused("No accepted version of the model " + RunReleaseProcess.KEY + " exists."))
                .version();
        List<String> route = landscape.route(release.system(), release.urgency()).stream()
                .map(Environment::key)
                .collect(Collectors.toCollection(ArrayList::new));
        String production = landscape.production(release.system()).key();
        ProcessInstance instance = access.asSystem(() -> runtime.createProcessInstanceById(definition(version))
                .businessKey(release.key())
                .setVariable(RunReleaseProcess.RELEASE_ID.name(), release.id().toString())
                .setVariable(RunReleaseProcess.PROMOTION_ROUTE.name(), route)
                .setVariable(RunReleaseProcess.PRODUCTION_ENVIRONMENT.name(), production)
                .execute());
        release.startedAs(instance.getId());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "release.request",
                release.key(),
                Map.of(),
                Map.of(
                        "version",
                        release.version(),
                        "urgency",
                        release.urgency().name(),
                        "model",
                        version)));
        return release;
    }

    private String definition(int version) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(RunReleaseProcess.KEY)
                .processDefinitionVersion(version)
                .singleResult()
                .getId();
    }

    private static void check(NewRelease request) {
        if (Version.read(request.version()).isEmpty()) {
            throw new Refused(
                    "version",
                    "'" + request.version() + "' is no version by SemVer 2.0.0, such as 2.4.0 or 2.4.0-rc.1.");
        }
        if (request.title().isBlank()
                || request.title().length() > 200
                || request.title().chars().anyMatch(Character::isISOControl)) {
            throw new Refused("title", "Please give a title of 1 to 200 characters, on one line.");
        }
        if (request.version().length() > 60) {
            throw new Refused("version", "A version may have at most 60 characters.");
        }
    }

    /**
     * One release.
     *
     * @throws NotFound when there is none
     */
    @Transactional(readOnly = true)
    public Release get(ReleaseId id) {
        return releases.findById(id.value()).orElseThrow(() -> new NotFound("release", id.toString()));
    }

    /** The release that people call by this key. */
    @Transactional(readOnly = true)
    public Optional<Release> find(String key) {
        return releases.findByKey(key);
    }

    /** Whether a system ever had a release. */
    @Transactional(readOnly = true)
    public boolean existFor(String system) {
        return releases.existsBySystem(system);
    }

    /** Enters a state; entering the present one again changes nothing. */
    @Transactional
    public void enter(ReleaseId id, ReleaseState next) {
        Release release = locked(id);
        ReleaseState before = release.state();
        if (before == next || before.ended()) {
            return;
        }
        release.enter(next);
        audit.record(AuditTrail.Entry.of(
                id, "release.enter", release.key(), Map.of("state", before.name()), Map.of("state", next.name())));
        events.publishEvent(new ReleaseStateChanged(release, before));
    }

    /** Records the class that the scope gave. */
    @Transactional
    public void classify(ReleaseId id, ReleaseClass next) {
        Release release = locked(id);
        String before = release.releaseClass().map(Enum::name).orElse("");
        release.classify(next);
        audit.record(AuditTrail.Entry.of(
                id, "release.classify", release.key(), Map.of("class", before), Map.of("class", next.name())));
    }

    /**
     * Records the window in which production may be touched, start included and end not.
     *
     * @throws Refused when it ends before it starts or lies in the past
     */
    @Transactional
    public void planWindow(ReleaseId id, Instant start, Instant end) {
        if (!start.isBefore(end)) {
            throw new Refused("windowStart", "A window ends after it starts.");
        }
        if (!end.isAfter(clock.instant())) {
            throw new Refused("windowStart", "The window lies in the past; please choose a later one.");
        }
        if (Duration.between(start, end).toDays() > 30) {
            throw new Refused("windowMinutes", "A window lasts at most 30 days.");
        }
        Release release = locked(id);
        Map<String, String> before = window(release);
        WindowPlanned planned = new WindowPlanned(release, release.windowStart(), release.windowEnd());
        release.planWindow(start, end);
        audit.record(AuditTrail.Entry.of(id, "release.planWindow", release.key(), before, window(release)));
        events.publishEvent(planned);
    }

    /** Says that production runs again what it ran before the release; nothing is said of a release that never touched it. */
    @Transactional
    public void rolledBack(ReleaseId id) {
        Release release = locked(id);
        if (release.state() == ReleaseState.ROLLING_BACK) {
            events.publishEvent(new ReleaseRolledBack(release));
        }
    }

    /** Says that the hypercare of a release is over. */
    @Transactional
    public void hypercareEnded(ReleaseId id) {
        Release release = locked(id);
        if (release.state() == ReleaseState.HYPERCARE) {
            events.publishEvent(new HypercareEnded(release));
        }
    }

    private static Map<String, String> window(Release release) {
        return Map.of(
                "start", release.windowStart().map(Instant::toString).orElse(""),
                "end", release.windowEnd().map(Instant::toString).orElse(""));
    }

    /**
     * Gives a person a part in a release; giving the same part again changes nothing.
     *
     * @throws Refused when the person has another part in it
     */
    @Transactional
    public void involve(ReleaseId id, String person, Part part) {
        Involvement.Id key = new Involvement.Id(id.value(), person);
        Optional<Involvement> present = involvements.findById(key);
        if (present.isPresent()) {
            refuseOther(present.get(), part);
            return;
        }
        involvements.saveAndFlush(new Involvement(key, part, clock.instant()));
    }

    /**
     * Whether a person could take a part in a release.
     *
     * @throws Refused when the person has another part in it
     */
    @Transactional(readOnly = true)
    public void mayTake(ReleaseId id, String person, Part part) {
        involvements.findById(new Involvement.Id(id.value(), person)).ifPresent(present -> refuseOther(present, part));
    }

    private static void refuseOther(Involvement present, Part part) {
        if (present.part() != part) {
            throw new Refused("Whoever " + present.part().verb() + " a release is another person than whoever "
                    + part.verb() + " it; please leave this to a colleague.");
        }
    }

    /** People with this part in the release. */
    @Transactional(readOnly = true)
    public List<String> involved(ReleaseId id, Part part) {
        return involvements.findByIdRelease(id.value()).stream()
                .filter(involvement -> involvement.part() == part)
                .map(Involvement::person)
                .toList();
    }

    /**
     * Puts a release on hold: nothing more is decided or done to it until somebody resumes it.
     *
     * @throws Refused when it has ended or is on hold already
     */
    @Transactional
    public void hold(ReleaseId id, String person, String reason) {
        Release release = running(id);
        if (release.onHold()) {
            throw new Refused(release.key() + " is on hold already.");
        }
        release.hold(reason(reason));
        requests.add(id, ReleaseAction.HOLD, person, reason(reason));
        correlate(release, ReleaseAction.HOLD);
        audit.record(AuditTrail.Entry.of(
                id, "release.hold", release.key(), Map.of("onHold", false), Map.of("onHold", true)));
    }

    /** Lets a release on hold go on. */
    @Transactional
    public void resume(ReleaseId id) {
        Release release = locked(id);
        release.resume();
        audit.record(AuditTrail.Entry.of(
                id, "release.resume", release.key(), Map.of("onHold", true), Map.of("onHold", false)));
    }

    /**
     * Asks for a release to be given up. One whose process is gone from the engine ends at once.
     *
     * @throws Refused when production may already have been touched
     */
    @Transactional
    public void requestCancel(ReleaseId id, String person, String reason) {
        Release release = running(id);
        refuseTouched(release);
        if (ProcessInstances.isGone(release, access, runtime)) {
            record(release, ReleaseAction.CANCEL, "release.requestCancel", person, reason);
            cancel(id);
            return;
        }
        ask(release, ReleaseAction.CANCEL, "release.requestCancel", person, reason);
    }

    /**
     * Records that a release manager gives a release up below production; the step that decided so leads to the end by itself.
     *
     * @throws Refused when production may already have been touched
     */
    @Transactional
    public void giveUp(ReleaseId id, String person, String reason) {
        Release release = running(id);
        refuseTouched(release);
        record(release, ReleaseAction.CANCEL, "release.giveUp", person, reason);
    }

    private static void refuseTouched(Release release) {
        if (release.state().touchesProduction()) {
            throw new Refused("Production may already have been touched; please ask for a rollback instead.");
        }
    }

    /** Says that the content of a release changed, so that it is scoped, built and approved again. */
    @Transactional
    public void requestContentChange(ReleaseId id, String person, String reason) {
        ask(running(id), ReleaseAction.CONTENT_CHANGE, "release.requestContentChange", person, reason);
    }

    /** Asks for another window; what was approved is approved again. */
    @Transactional
    public void requestReschedule(ReleaseId id, String person, String reason) {
        ask(running(id), ReleaseAction.RESCHEDULE, "release.requestReschedule", person, reason);
    }

    /** Asks for production to be put back to what ran before. */
    @Transactional
    public void requestRollback(ReleaseId id, String person, String reason) {
        ask(running(id), ReleaseAction.ROLLBACK, "release.requestRollback", person, reason);
    }

    /** Whether the process of a release waits for this, so that it can be asked for now. */
    @Transactional(readOnly = true)
    public boolean awaits(ReleaseId id, ReleaseAction action) {
        return get(id).processInstanceId()
                .map(instance -> access.asSystem(() -> isAwaited(instance, action)))
                .orElse(false);
    }

    private boolean isAwaited(String instance, ReleaseAction action) {
        return runtime.createExecutionQuery()
                        .processInstanceId(instance)
                        .messageEventSubscriptionName(action.message())
                        .count()
                > 0;
    }

    /** Why something was last asked for since a moment; empty when it was not. */
    @Transactional(readOnly = true)
    public Optional<String> lastReason(ReleaseId id, ReleaseAction action, Instant since) {
        return requests.lastReason(id, action, since);
    }

    /**
     * Asked by the process before it acts on a message: only what is recorded here, and was not acted on yet, leads anywhere.
     *
     * @throws Refused when nobody asked for it, or, for a cancellation, when production may have been touched
     */
    @Transactional
    public void actOn(ReleaseId id, ReleaseAction action) {
        Release release = running(id);
        if (action == ReleaseAction.CANCEL) {
            refuseTouched(release);
        }
        // A cancellation is taken by the step that ends the release.
        boolean asked = action == ReleaseAction.CANCEL ? requests.isOpen(id, action) : requests.take(id, action);
        if (!asked) {
            throw new Refused("Nobody asked for '" + action.label() + "' on the page of " + release.key()
                    + "; please ask for it there, with a reason. Nothing was changed.");
        }
    }

    /**
     * Ends a release that a release manager gave up, and gives its environments back; a second time changes nothing.
     *
     * @throws Refused when nobody asked for it, or production may have been touched
     */
    @Transactional
    public void cancel(ReleaseId id) {
        Release release = locked(id);
        if (release.state().ended()) {
            return;
        }
        if (release.state().touchesProduction()) {
            throw new Refused("Production may already have been touched by " + release.key()
                    + ", so it is not cancelled; please let the token go back to where it was and ask for a rollback.");
        }
        if (!requests.take(id, ReleaseAction.CANCEL)) {
            throw new Refused("Nobody asked for " + release.key() + " to be cancelled; please let the token go back to"
                    + " where it was. A release manager cancels a release on its page, with a reason.");
        }
        finish(release, ReleaseOutcome.CANCELLED);
    }

    /**
     * Ends a release and gives its environments back; a second end changes nothing.
     *
     * @throws IllegalArgumentException when it should end as cancelled; see {@link #cancel}
     */
    @Transactional
    public void end(ReleaseId id, ReleaseOutcome outcome) {
        if (outcome == ReleaseOutcome.CANCELLED) {
            throw new IllegalArgumentException(
                    "A release is cancelled because somebody asked for it, and not closed so");
        }
        Release release = locked(id);
        if (!release.state().ended()) {
            finish(release, outcome);
        }
    }

    private void finish(Release release, ReleaseOutcome outcome) {
        ReleaseState before = release.state();
        release.end(
                outcome == ReleaseOutcome.CANCELLED ? ReleaseState.CANCELLED : ReleaseState.CLOSED,
                outcome,
                clock.instant());
        bookings.giveBackAll(release);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "release.end",
                release.key(),
                Map.of("state", before.name()),
                Map.of("state", release.state().name(), "outcome", outcome.name())));
        events.publishEvent(new ReleaseStateChanged(release, before));
    }

    private void ask(Release release, ReleaseAction action, String entry, String person, String reason) {
        record(release, action, entry, person, reason);
        correlate(release, action);
    }

    private void record(Release release, ReleaseAction action, String entry, String person, String reason) {
        requests.add(release.id(), action, person, reason(reason));
        audit.record(
                AuditTrail.Entry.of(release.id(), entry, release.key(), Map.of(), Map.of("reason", reason(reason))));
    }

    private void correlate(Release release, ReleaseAction action) {
        String instance = release.processInstanceId().orElseThrow();
        access.asSystem(() -> {
            if (runtime.createProcessInstanceQuery()
                            .processInstanceId(instance)
                            .suspended()
                            .count()
                    > 0) {
                throw new Refused(
                        "The process of " + release.key() + " is suspended in the engine, so it acts on nothing"
                                + " now; please let operations activate it in Cockpit and ask again.");
            }
            if (!isAwaited(instance, action)) {
                throw new Refused("This cannot be asked for while the release is "
                        + release.state().label() + ".");
            }
            runtime.createMessageCorrelation(action.message())
                    .processInstanceId(instance)
                    .correlate();
            return true;
        });
    }

    private static String reason(String reason) {
        if (reason.isBlank() || reason.length() > 2000) {
            throw new Refused("reason", "Please give a reason of 1 to 2000 characters.");
        }
        return reason.strip();
    }

    private Release running(ReleaseId id) {
        Release release = locked(id);
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended.");
        }
        return release;
    }

    private Release locked(ReleaseId id) {
        return releases.lock(id.value()).orElseThrow(() -> new NotFound("release", id.toString()));
    }
}
