package io.slipway.deployment.traffic;

import io.slipway.deployment.Deployment;
import io.slipway.deployment.Deployments;
import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Watches what users get from a version that has just got production, and asks for a rollback when it is surely not good enough. */
@Service
public class TrafficWatch {

    /** Who asks for a rollback when no person does. */
    static final String PERSON = "slipway-watch";

    private static final Set<ReleaseState> WATCHED = Set.of(ReleaseState.DEPLOYING, ReleaseState.VALIDATING);

    private final TrafficLooks looks;
    private final Deployments deployments;
    private final Releases releases;
    private final Landscape landscape;
    private final Permissions permissions;
    private final Metrics metrics;
    private final Targets targets;
    private final AuditTrail audit;
    private final WatchSettings settings;
    private final Clock clock;

    TrafficWatch(
            TrafficLooks looks,
            Deployments deployments,
            Releases releases,
            Landscape landscape,
            Permissions permissions,
            Metrics metrics,
            Targets targets,
            AuditTrail audit,
            WatchSettings settings,
            Clock clock) {
        this.looks = looks;
        this.deployments = deployments;
        this.releases = releases;
        this.landscape = landscape;
        this.permissions = permissions;
        this.metrics = metrics;
        this.targets = targets;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** How the watch goes on. */
    public enum Course {
        GOES_ON,
        BREACHED,
        OVER
    }

    /**
     * What follows from a look.
     *
     * @param next when to look again, in whole seconds as timers have them
     */
    public record Outcome(Course course, Instant next) {}

    /** Looks once and keeps what was seen. */
    @Transactional
    public Outcome look(Release release) {
        Instant now = clock.instant();
        Instant next =
                now.plus(settings.pause()).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Optional<Deployment> live = live(release);
        if (live.isEmpty()) {
            return new Outcome(Course.OVER, next);
        }
        TrafficLook look = seen(release, live.get(), now);
        looks.add(release.id(), look);
        return new Outcome(look.verdict() == TrafficLook.Verdict.BREACHED ? Course.BREACHED : Course.GOES_ON, next);
    }

    /** The deployment that users of production get, while it is watched. */
    private Optional<Deployment> live(Release release) {
        return WATCHED.contains(release.state())
                ? deployments
                        .latestOf(release, production(release))
                        .map(Deployments.WithEffects::deployment)
                        .filter(deployment -> deployment.state() == Deployment.State.LIVE)
                : Optional.empty();
    }

    private String production(Release release) {
        return landscape.production(release.system()).key();
    }

    private TrafficLook seen(Release release, Deployment deployment, Instant now) {
        WatchSettings.Limits limits = settings.limitsOf(release);
        Instant since = deployment.endedAt().orElseThrow().truncatedTo(ChronoUnit.SECONDS);
        // Without a whole second nothing can be told yet.
        Instant to = now.truncatedTo(ChronoUnit.SECONDS);
        Instant recently = to.minus(settings.recent()).isAfter(since) ? to.minus(settings.recent()) : since;
        Source source = Source.of(deployment.system(), deployment.environment(), deployment.version());
        Counts whole = Counts.UNKNOWN;
        Counts recent = Counts.UNKNOWN;
        Counts before = Counts.UNKNOWN;
        String unreadable = "";
        try {
            whole = since.isBefore(to) ? metrics.counts(source, new Span(since, to)) : Counts.UNKNOWN;
            recent = recently.equals(since) ? whole : metrics.counts(source, new Span(recently, to));
            before = deployment
                    .previous()
                    .map(previous -> metrics.counts(
                            Source.of(deployment.system(), deployment.environment(), previous.version()),
                            new Span(since.minus(settings.recent()), since)))
                    .orElse(Counts.UNKNOWN);
        } catch (MetricsUnavailable | MetricsRefused e) {
            unreadable = String.valueOf(e.getMessage());
        }
        // Whoever was as bad before is no reason to go back to it.
        double threshold = before.requests() >= limits.requests()
                ? Math.min(0.99, Math.max(limits.errorRate(), before.errorRate()))
                : limits.errorRate();
        Judged judged = judged(
                release,
                deployment,
                whole,
                recent,
                new ErrorRateRule(
                        // Two spans are judged, and together they raise no more false alarms than one.
                        threshold, limits.falseAlarm() / 2, limits.requests()),
                unreadable);
        return new TrafficLook(
                deployment.environment(),
                deployment.number(),
                deployment.serviceId(),
                now,
                whole.requests(),
                whole.errors(),
                recent.requests(),
                recent.errors(),
                before.requests(),
                before.errors(),
                threshold,
                judged.verdict(),
                judged.sentence());
    }

    private record Judged(TrafficLook.Verdict verdict, String sentence) {}

    private Judged judged(
            Release release,
            Deployment deployment,
            Counts whole,
            Counts recent,
            ErrorRateRule rule,
            String unreadable) {
        if (unreadable.isEmpty() && whole.known()) {
            ErrorRateRule.Judgement all = rule.judge(whole.requests(), whole.errors());
            ErrorRateRule.Judgement late = rule.judge(recent.requests(), recent.errors());
            Judged rate = late.verdict().compareTo(all.verdict()) > 0
                    ? new Judged(verdict(late), "Of late, " + late.sentence())
                    : new Judged(verdict(all), "Since the switch, " + all.sentence());
            if (rate.verdict() == TrafficLook.Verdict.BREACHED || !dead(deployment)) {
                return rate;
            }
        }
        if (dead(deployment)) {
            String sentence = "The process of " + deployment.serviceId() + " has ended.";
            boolean twice = looks.last(release.id())
                    .filter(last -> last.number() == deployment.number())
                    .filter(last -> last.sentence().startsWith(sentence))
                    .isPresent();
            return twice
                    ? new Judged(TrafficLook.Verdict.BREACHED, sentence + " It was so at the look before as well.")
                    : new Judged(TrafficLook.Verdict.SUSPICIOUS, sentence + " The next look decides.");
        }
        if (!unreadable.isEmpty()) {
            return new Judged(TrafficLook.Verdict.UNKNOWN, unreadable);
        }
        return new Judged(
                TrafficLook.Verdict.UNKNOWN,
                "Nobody has used " + deployment.version() + " since it got the traffic, so nothing is known.");
    }

    private static TrafficLook.Verdict verdict(ErrorRateRule.Judgement judgement) {
        return switch (judgement.verdict()) {
            case TOO_FEW -> TrafficLook.Verdict.UNKNOWN;
            case ACCEPTED -> TrafficLook.Verdict.ACCEPTED;
            case SUSPICIOUS -> TrafficLook.Verdict.SUSPICIOUS;
            case BREACHED -> TrafficLook.Verdict.BREACHED;
        };
    }

    private boolean dead(Deployment deployment) {
        try {
            return targets.service(deployment.serviceId())
                    .filter(status -> status.state() == ServiceStatus.State.DEAD)
                    .isPresent();
        } catch (TargetUnavailable e) {
            // Whoever cannot be asked is not known to be dead; the counters cannot be read either, which is told.
            return false;
        }
    }

    /**
     * Asks the release for its rollback with the reason of the last look; nothing happens when it is being taken back already, or has
     * been for another reason.
     */
    @Transactional
    public void demandRollback(Release release) {
        Optional<TrafficLook> last =
                looks.last(release.id()).filter(look -> look.verdict() == TrafficLook.Verdict.BREACHED);
        Optional<Deployment> live = live(release);
        if (last.isEmpty()
                || live.filter(now -> now.number() == last.get().number()).isEmpty()) {
            return;
        }
        deployments.recordFailure(release, last.get().environment(), last.get().sentence());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.breach",
                last.get().environment(),
                Map.of("threshold", ErrorRateRule.percent(last.get().threshold())),
                Map.of(
                        "number",
                        last.get().number(),
                        "requests",
                        last.get().requests(),
                        "errors",
                        last.get().errors(),
                        "verdict",
                        last.get().sentence())));
        releases.requestRollback(release.id(), PERSON, last.get().sentence());
    }

    /**
     * The newest looks of a release, the newest first, for somebody who reads.
     *
     * @throws io.slipway.release.NotFound when the person may not know of the release
     */
    @Transactional(readOnly = true)
    public List<TrafficLook> of(Release release, String person, int most) {
        permissions.requireRead(release, person);
        return looks.newest(release.id(), Math.min(most, 500));
    }
}
