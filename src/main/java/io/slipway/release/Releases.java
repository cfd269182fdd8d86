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
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.semver4j.Semver;
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
        if (!Semver.isValid(request.version())) {
            throw new Refused(
                    "version",
                    "'" + request.version() + "' is no version by SemVer 2.0.0, such as 2.4.0 or 2.4.0-rc.1.");
        }
        if (request.title().isBlank() || request.title().length() > 200) {
            throw new Refused("title", "Please give a title of 1 to 200 characters.");
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
        release.planWindow(start, end);
        audit.record(AuditTrail.Entry.of(id, "release.planWindow", release.key(), before, window(release)));
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
    public void hold(ReleaseId id, String reason) {
        Release release = running(id);
        if (release.onHold()) {
            throw new Refused(release.key() + " is on hold already.");
        }
        release.hold(reason(reason));
        correlate(release, RunReleaseProcess.HOLD_REQUESTED);
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
     * Asks for a release to be given up.
     *
     * @throws Refused when production may already have been touched
     */
    @Transactional
    public void requestCancel(ReleaseId id, String reason) {
        Release release = running(id);
        if (release.state().touchesProduction()) {
            throw new Refused("Production may already have been touched; please ask for a rollback instead.");
        }
        ask(release, RunReleaseProcess.CANCEL_REQUESTED, "release.requestCancel", reason);
    }

    /** Says that the content of a release changed, so that it is scoped, built and approved again. */
    @Transactional
    public void requestContentChange(ReleaseId id, String reason) {
        ask(running(id), RunReleaseProcess.CONTENT_CHANGED, "release.requestContentChange", reason);
    }

    /** Asks for another window; what was approved is approved again. */
    @Transactional
    public void requestReschedule(ReleaseId id, String reason) {
        ask(running(id), RunReleaseProcess.RESCHEDULE_REQUESTED, "release.requestReschedule", reason);
    }

    /** Asks for production to be put back to what ran before. */
    @Transactional
    public void requestRollback(ReleaseId id, String reason) {
        ask(running(id), RunReleaseProcess.ROLLBACK_REQUESTED, "release.requestRollback", reason);
    }

    /** Ends a release; a second end changes nothing. */
    @Transactional
    public void end(ReleaseId id, ReleaseOutcome outcome) {
        Release release = locked(id);
        if (release.state().ended()) {
            return;
        }
        ReleaseState before = release.state();
        release.end(
                outcome == ReleaseOutcome.CANCELLED ? ReleaseState.CANCELLED : ReleaseState.CLOSED,
                outcome,
                clock.instant());
        audit.record(AuditTrail.Entry.of(
                id,
                "release.end",
                release.key(),
                Map.of("state", before.name()),
                Map.of("state", release.state().name(), "outcome", outcome.name())));
        events.publishEvent(new ReleaseStateChanged(release, before));
    }

    private void ask(Release release, String message, String action, String reason) {
        correlate(release, message);
        audit.record(
                AuditTrail.Entry.of(release.id(), action, release.key(), Map.of(), Map.of("reason", reason(reason))));
    }

    private void correlate(Release release, String message) {
        long waiting = access.asSystem(() -> runtime.createExecutionQuery()
                .processInstanceId(release.processInstanceId().orElseThrow())
                .messageEventSubscriptionName(message)
                .count());
        if (waiting == 0) {
            throw new Refused("This cannot be asked for while the release is "
                    + release.state().label() + ".");
        }
        access.asSystem(() -> {
            runtime.createMessageCorrelation(message)
                    .processInstanceId(release.processInstanceId().orElseThrow())
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
