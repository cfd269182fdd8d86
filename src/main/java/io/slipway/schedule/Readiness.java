package io.slipway.schedule;

import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.schedule.lockdowns.Lockdowns;
import io.slipway.schedule.waves.Waves;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks every function at the start of the window whether it is ready, and a deployer whether the release goes. Answers are tied to
 * the round of the window: another window asks again.
 */
@Service
public class Readiness {

    private static final int LONGEST_REASON = 2000;

    private final ReadinessVerdictRepository verdicts;
    private final GoDecisionRepository decisions;
    private final Windows windows;
    private final Releases releases;
    private final Permissions permissions;
    private final ScheduleSettings settings;
    private final AuditTrail audit;
    private final ObjectProvider<Lockdowns> lockdowns;
    private final ObjectProvider<Waves> waves;
    private final Landscape landscape;
    private final Clock clock;

    Readiness(
            ReadinessVerdictRepository verdicts,
            GoDecisionRepository decisions,
            Windows windows,
            Releases releases,
            Permissions permissions,
            ScheduleSettings settings,
            AuditTrail audit,
            ObjectProvider<Lockdowns> lockdowns,
            ObjectProvider<Waves> waves,
            Landscape landscape,
            Clock clock) {
        this.verdicts = verdicts;
        this.decisions = decisions;
        this.windows = windows;
        this.releases = releases;
        this.permissions = permissions;
        this.settings = settings;
        this.audit = audit;
        this.lockdowns = lockdowns;
        this.waves = waves;
        this.landscape = landscape;
        this.clock = clock;
    }

    /** What a function says. */
    public enum Verdict {
        READY,
        NOT_READY
    }

    /** What a deployer decides. */
    public enum Decision {
        GO,
        NO_GO
    }

    /**
     * What is asked for a window.
     *
     * @param windowStart when the functions are asked
     * @param functions groups of the roles that are asked
     */
    public record Opening(Instant windowStart, List<String> functions) {

        /** Keeps its own copy of the list. */
        public Opening {
            functions = List.copyOf(functions);
        }
    }

    /**
     * What one function has said about the present window.
     *
     * @param function group of its role
     * @param label its name for people
     * @param verdict what it said; null while it has said nothing
     * @param reason why it is not ready; empty otherwise
     * @param person who said it; null likewise
     * @param at when; null likewise
     */
    public record Standing(
            String function,
            String label,
            @Nullable Verdict verdict,
            String reason,
            @Nullable String person,
            @Nullable Instant at) {

        /** What speaks against a go, in a few words; empty when nothing does. */
        Optional<String> obstacle() {
            if (verdict == null) {
                return Optional.of(label + " has not answered");
            }
            return verdict == Verdict.READY ? Optional.empty() : Optional.of(label + " is not ready: " + reason);
        }
    }

    /**
     * Who is asked and when.
     *
     * @throws Refused when no window is planned
     */
    @Transactional(readOnly = true)
    public Opening open(Release release) {
        return new Opening(span(window(release)).start(), settings.readinessFunctions());
    }

    /**
     * Notes what a function says; it says it once in a round.
     *
     * @throws Refused when the person does not act for the function, the window has not opened, the function has answered, or a
     *     function that is not ready gives no reason
     */
    @Transactional
    public void answer(Release release, String person, String function, Verdict verdict, String reason) {
        Role role = Role.ofGroup(function)
                .filter(known -> settings.readinessFunctions().contains(function))
                .orElseThrow(() -> new Refused("'" + function + "' is not asked for its readiness."));
        permissions.require(release, person, role);
        ReleaseWindow window = window(release);
        if (clock.instant().isBefore(span(window).start())) {
            throw new Refused("Readiness is asked when the window opens, at "
                    + TimeSpan.readable(span(window).start()) + ".");
        }
        ReadinessVerdict.Id id = new ReadinessVerdict.Id(release.id().value(), window.round(), function);
        if (verdicts.existsById(id)) {
            throw new Refused(role.label() + " has answered for this window already.");
        }
        String why = checkedReason("readinessReason", reason, verdict == Verdict.NOT_READY);
        verdicts.saveAndFlush(new ReadinessVerdict(id, verdict, why, person, clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "schedule.answerReadiness",
                function,
                Map.of(),
                Map.of("round", window.round(), "verdict", verdict.name(), "reason", why)));
    }

    /**
     * Decides whether the release goes; it is decided once in a round.
     *
     * @throws Refused when the person is no deployer or has another part in the release, when it was decided already, when a no-go
     *     has no reason, or when a go is given outside the window or while a function is not ready
     */
    @Transactional
    public void decide(Release release, String person, Decision decision, String reason) {
        permissions.require(release, person, Role.DEPLOYER);
        releases.involve(release.id(), person, Part.DEPLOYER);
        ReleaseWindow window = window(release);
        ReleaseWindow.Id id = new ReleaseWindow.Id(release.id().value(), window.round());
        if (decisions.existsById(id)) {
            throw new Refused("Go or no-go was decided for this window already.");
        }
        if (decision == Decision.GO) {
            refuseGo(release, span(window));
        }
        String why = checkedReason("goReason", reason, decision == Decision.NO_GO);
        decisions.saveAndFlush(new GoDecision(id, decision, why, person, clock.instant()));
        Map<String, Object> basis = new LinkedHashMap<>();
        standing(release).forEach(standing -> basis.put(standing.function(), String.valueOf(standing.verdict())));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "schedule.decideGo",
                "round " + window.round(),
                basis,
                Map.of("decision", decision.name(), "reason", why)));
    }

    private void refuseGo(Release release, TimeSpan span) {
        if (!span.contains(clock.instant())) {
            throw new Refused(
                    "goDecision",
                    "A go counts from " + TimeSpan.readable(span.start()) + " to " + TimeSpan.readable(span.end())
                            + "; please decide no-go, so that another window is looked for.");
        }
        lockdowns.stream()
                .flatMap(all -> all.covering(release).stream())
                .findFirst()
                .ifPresent(lockdown -> {
                    throw new Refused(
                            "goDecision",
                            "There is no go while a lockdown of " + lockdown.scope() + " is in force (" + lockdown.key()
                                    + "); please wait until it is lifted, or decide no-go.");
                });
        waves.stream()
                .flatMap(all -> all
                        .obstacles(
                                release, landscape.production(release.system()).key())
                        .stream())
                .findFirst()
                .ifPresent(obstacle -> {
                    throw new Refused("goDecision", "There is no go yet: " + obstacle);
                });
        List<String> against = against(release);
        if (!against.isEmpty()) {
            throw new Refused(
                    "goDecision", "There is no go while " + String.join(", and ", against) + "; please decide no-go.");
        }
    }

    /**
     * What was decided for the present window.
     *
     * @throws IllegalStateException when nothing was decided, which no path of the model leads to
     */
    @Transactional(readOnly = true)
    public Decision conclude(Release release) {
        return decision(release)
                .map(GoDecision::decision)
                .orElseThrow(() -> new IllegalStateException("Nobody has decided go or no-go for the present window of "
                        + release.key() + "; please move the token back to 'Accept go or no-go'"));
    }

    /** The decision for the present window; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<GoDecision> decision(Release release) {
        return windows.present(release)
                .flatMap(window ->
                        decisions.findById(new ReleaseWindow.Id(release.id().value(), window.round())));
    }

    /** What every function has said about the present window, in the order of the configuration. */
    @Transactional(readOnly = true)
    public List<Standing> standing(Release release) {
        Map<String, ReadinessVerdict> given = windows.present(release)
                .map(window -> verdicts.findByIdReleaseAndIdRound(release.id().value(), window.round()).stream()
                        .collect(Collectors.toMap(ReadinessVerdict::function, Function.identity())))
                .orElse(Map.of());
        List<Standing> standing = new ArrayList<>();
        for (String function : settings.readinessFunctions()) {
            String label = Role.ofGroup(function).map(Role::label).orElse(function);
            ReadinessVerdict verdict = given.get(function);
            standing.add(
                    verdict == null
                            ? new Standing(function, label, null, "", null, null)
                            : new Standing(
                                    function,
                                    label,
                                    verdict.verdict(),
                                    verdict.reason(),
                                    verdict.person(),
                                    verdict.givenAt()));
        }
        return standing;
    }

    /** What speaks against a go now, one clause each. */
    List<String> against(Release release) {
        return standing(release).stream()
                .flatMap(standing -> standing.obstacle().stream())
                .toList();
    }

    private ReleaseWindow window(Release release) {
        return windows.present(release)
                .orElseThrow(() -> new Refused("No window is planned for " + release.key() + "."));
    }

    private static TimeSpan span(ReleaseWindow window) {
        return window.span().orElseThrow(() -> new IllegalStateException("A planned window has a start and an end"));
    }

    private static String checkedReason(String field, String reason, boolean required) {
        String text = reason.strip();
        if (text.length() > LONGEST_REASON || (required && text.isEmpty())) {
            throw new Refused(field, "Please give a reason of 1 to " + LONGEST_REASON + " characters.");
        }
        return text;
    }
}
