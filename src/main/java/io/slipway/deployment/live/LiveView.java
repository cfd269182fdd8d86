package io.slipway.deployment.live;

import io.slipway.deployment.Deployment;
import io.slipway.deployment.DeploymentPlan;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.ProductionPlans;
import io.slipway.deployment.Step;
import io.slipway.deployment.live.LiveState.Decision;
import io.slipway.deployment.live.LiveState.Kind;
import io.slipway.deployment.live.LiveState.Progress;
import io.slipway.deployment.live.LiveState.SheetRow;
import io.slipway.deployment.traffic.TrafficLook;
import io.slipway.deployment.traffic.TrafficWatch;
import io.slipway.platform.process.OpenWork;
import io.slipway.platform.process.ProcessRecords;
import io.slipway.platform.security.People;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what there is to see of a release on its way to production; while it happens and afterwards it is the same records. */
@Service
public class LiveView {

    private static final int MOST_STEPS = 300;
    private static final int MOST_LOOKS = 60;
    private static final int MOST_LINES = 200;

    private static final Set<String> TOLD =
            Set.of("serviceTask", "businessRuleTask", "sendTask", "userTask", "receiveTask", "manualTask");
    private static final Set<Step> CHECKPOINTS = Set.of(Step.CHECK_HEALTH, Step.VERIFY_LIVE);

    private final Deployments deployments;
    private final ProductionPlans plans;
    private final TrafficWatch watch;
    private final List<LiveOutput> outputs;
    private final ProcessRecords records;
    private final OpenWork work;
    private final People people;
    private final Landscape landscape;
    private final Permissions permissions;
    private final LiveSettings settings;

    LiveView(
            Deployments deployments,
            ProductionPlans plans,
            TrafficWatch watch,
            List<LiveOutput> outputs,
            ProcessRecords records,
            OpenWork work,
            People people,
            Landscape landscape,
            Permissions permissions,
            LiveSettings settings) {
        this.deployments = deployments;
        this.plans = plans;
        this.watch = watch;
        this.outputs = List.copyOf(outputs);
        this.records = records;
        this.work = work;
        this.people = people;
        this.landscape = landscape;
        this.permissions = permissions;
        this.settings = settings;
    }

    /**
     * What a person sees of a release now.
     *
     * @throws io.slipway.release.NotFound when the person may not know of the release
     */
    @Transactional(readOnly = true)
    public LiveState of(Release release, String person) {
        permissions.requireRead(release, person);
        List<TrafficLook> looks = new ArrayList<>(watch.of(release, person, MOST_LOOKS));
        looks.sort(Comparator.comparing(TrafficLook::at));
        return new LiveState(
                release.key(),
                release.state().label(),
                release.onHold(),
                release.state().ended(),
                release.windowStart().orElse(null),
                release.windowEnd().orElse(null),
                decisions(release),
                sheet(release),
                looks,
                outputs.stream()
                        .flatMap(output -> output.lines(release, MOST_LINES).stream())
                        .sorted(Comparator.comparing(LiveState.OutputLine::at))
                        .toList());
    }

    private List<Decision> decisions(Release release) {
        return work.of(List.of(release.key())).getOrDefault(release.key(), List.of()).stream()
                .filter(wait -> wait.kind() == OpenWork.Kind.TASK || wait.kind() == OpenWork.Kind.INCIDENT)
                .map(wait -> new Decision(
                        wait.name() == null ? "Incident at " + wait.element() : wait.name(),
                        wait.assigneeName() == null ? roles(wait.groups()) : wait.assigneeName(),
                        wait.since(),
                        wait.due(),
                        wait.kind() == OpenWork.Kind.INCIDENT ? wait.message() : null))
                .toList();
    }

    private static String roles(Set<String> groups) {
        return groups.isEmpty()
                ? Role.OPERATIONS.label()
                : groups.stream()
                        .map(group -> group.contains("@") ? group.substring(0, group.indexOf('@')) : group)
                        .map(group -> Role.ofGroup(group).map(Role::label).orElse(group))
                        .distinct()
                        .collect(Collectors.joining(" or "));
    }

    private List<SheetRow> sheet(Release release) {
        List<Deployments.WithEffects> all = deployments.of(release);
        String production = landscape.production(release.system()).key();
        Optional<Deployment> live = all.stream()
                .map(Deployments.WithEffects::deployment)
                .filter(deployment -> deployment.environment().equals(production))
                .reduce((first, second) -> second);
        Optional<DeploymentPlan> plan = live.flatMap(Deployment::plan).or(() -> plans.present(release));
        if (plan.isEmpty()) {
            return List.of();
        }
        List<ProcessRecords.Step> steps = steps(release);
        Map<Step, Duration> usual = usual(all, production, steps);
        Map<Step, Instant> planned = planned(release, plan.get(), usual);
        List<SheetRow> rows = new ArrayList<>(happened(release, live, plan.get(), planned, steps));
        Set<Step> begun = live.map(deployment -> steps.stream()
                        .filter(step -> step.instance().equals(deployment.openedByProcess()))
                        .map(step -> Step.ofElement(step.element()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        boolean goesOn = !release.state().ended()
                && live.map(deployment -> deployment.state() == Deployment.State.OPEN)
                        .orElse(true);
        String after = rows.isEmpty() ? "" : rows.get(rows.size() - 1).what();
        for (DeploymentPlan.PlannedStep step : plan.get().steps()) {
            if (step.step() != Step.RETIRE_SERVICE && !begun.contains(step.step()) && goesOn) {
                rows.add(row(step, planned, after, null, Progress.PLANNED));
                after = step.step().label();
            }
        }
        return rows;
    }

    private List<ProcessRecords.Step> steps(Release release) {
        return release.processInstanceId()
                .map(root -> {
                    // Turned round and not sorted by their beginning: many begin in the same second.
                    List<ProcessRecords.Step> steps =
                            new ArrayList<>(records.steps(root, PageRequest.of(0, MOST_STEPS), true)
                                    .getContent());
                    Collections.reverse(steps);
                    steps.removeIf(step -> !TOLD.contains(step.type()));
                    return steps;
                })
                .orElse(List.of());
    }

    /** How long each step took where it was done before: on the way through the lower environments. */
    private static Map<Step, Duration> usual(
            List<Deployments.WithEffects> all, String production, List<ProcessRecords.Step> steps) {
        Set<String> lower = all.stream()
                .map(Deployments.WithEffects::deployment)
                .filter(deployment -> !deployment.environment().equals(production))
                .map(Deployment::openedByProcess)
                .collect(Collectors.toSet());
        Map<Step, Duration> usual = new HashMap<>();
        for (ProcessRecords.Step step : steps) {
            Instant end = step.end();
            if (lower.contains(step.instance()) && end != null && !step.canceled()) {
                Step.ofElement(step.element())
                        .ifPresent(known -> usual.put(known, Duration.between(step.start(), end)));
            }
        }
        return usual;
    }

    private Map<Step, Instant> planned(Release release, DeploymentPlan plan, Map<Step, Duration> usual) {
        Map<Step, Instant> planned = new HashMap<>();
        Optional<Instant> begin = release.windowStart();
        if (begin.isPresent()) {
            Instant next = begin.get();
            for (DeploymentPlan.PlannedStep step : plan.steps()) {
                planned.put(step.step(), next);
                next = next.plus(usual.getOrDefault(step.step(), settings.usualStep()));
            }
        }
        return planned;
    }

    private List<SheetRow> happened(
            Release release,
            Optional<Deployment> live,
            DeploymentPlan plan,
            Map<Step, Instant> planned,
            List<ProcessRecords.Step> steps) {
        Instant opened = live.map(Deployment::openedAt).or(release::windowStart).orElse(Instant.MAX);
        Instant begin = opened.equals(Instant.MAX) ? opened : opened.minus(settings.before());
        Map<String, String> names = people.names(steps.stream()
                .map(ProcessRecords.Step::person)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        List<SheetRow> rows = new ArrayList<>();
        String after = "";
        for (ProcessRecords.Step step : steps) {
            boolean human = step.type().equals("userTask");
            if (step.start().isBefore(human ? begin : opened)) {
                continue;
            }
            rows.add(happened(step, human, live, plan, planned, names, after));
            after = step.name();
        }
        return rows;
    }

    private static SheetRow happened(
            ProcessRecords.Step step,
            boolean human,
            Optional<Deployment> live,
            DeploymentPlan plan,
            Map<Step, Instant> planned,
            Map<String, String> names,
            String after) {
        Progress progress =
                step.canceled() ? Progress.BROKEN_OFF : step.end() == null ? Progress.UNDER_WAY : Progress.DONE;
        Optional<DeploymentPlan.PlannedStep> known = live.filter(
                        deployment -> deployment.openedByProcess().equals(step.instance()))
                .flatMap(deployment -> Step.ofElement(step.element()))
                .flatMap(found -> plan.steps().stream()
                        .filter(candidate -> candidate.step() == found)
                        .findFirst());
        if (known.isPresent()) {
            return row(known.get(), planned, after, step, progress);
        }
        String person = step.person();
        return new SheetRow(
                step.name(),
                human ? Kind.HUMAN : Kind.AUTOMATED,
                human ? (person == null ? "Nobody yet" : names.getOrDefault(person, person)) : "Slipway",
                after,
                human,
                null,
                step.start(),
                step.end(),
                progress,
                step.process());
    }

    private static SheetRow row(
            DeploymentPlan.PlannedStep step,
            Map<Step, Instant> planned,
            String after,
            ProcessRecords.@org.jspecify.annotations.Nullable Step happened,
            Progress progress) {
        return new SheetRow(
                step.step().label(),
                Kind.AUTOMATED,
                "Slipway",
                after,
                CHECKPOINTS.contains(step.step()),
                planned.get(step.step()),
                happened == null ? null : happened.start(),
                happened == null ? null : happened.end(),
                progress,
                step.action() + ". Way back: "
                        + step.undo().substring(0, 1).toLowerCase(Locale.ROOT)
                        + step.undo().substring(1) + ".");
    }
}
