package io.slipway.communication;

import io.slipway.communication.process.AnnounceDelayProcess;
import io.slipway.communication.process.EscalateQuestionProcess;
import io.slipway.communication.process.PrepareMaterialProcess;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.OpenWork;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Expects when a release will be done: what is left of the step that takes longest now, and the planned durations of the states that
 * follow. How long a task takes is the median of the last times that it was done, or what the settings say while that is unknown.
 */
@Service
class Forecasts {

    private static final int LAST = 20;
    private static final int ENOUGH = 5;
    private static final Set<String> BESIDE =
            Set.of(AnnounceDelayProcess.KEY, EscalateQuestionProcess.KEY, PrepareMaterialProcess.KEY);
    private static final Set<ReleaseState> BEFORE_PRODUCTION = EnumSet.of(
            ReleaseState.DRAFT,
            ReleaseState.PLANNED,
            ReleaseState.IN_BUILD,
            ReleaseState.IN_TEST,
            ReleaseState.AWAITING_APPROVAL,
            ReleaseState.APPROVED,
            ReleaseState.SCHEDULED);

    private final OpenWork work;
    private final HistoryService history;
    private final EngineAccess access;
    private final CommunicationSettings settings;
    private final Clock clock;

    Forecasts(
            OpenWork work,
            @Lazy HistoryService history,
            EngineAccess access,
            CommunicationSettings settings,
            Clock clock) {
        this.work = work;
        this.history = history;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is expected.
     *
     * @param end when production will be changed and looked at
     * @param cause what takes the time, in one sentence
     */
    record Forecast(Instant end, String cause) {}

    /** What is expected of a release that has a window and is on its way through it; empty for any other. */
    Optional<Forecast> of(Release release) {
        boolean underWay = BEFORE_PRODUCTION.contains(release.state()) || release.state() == ReleaseState.DEPLOYING;
        if (!underWay || release.windowStart().isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<OpenWork.Wait> longest = open(release).stream()
                .reduce((one, other) -> left(one, now).compareTo(left(other, now)) >= 0 ? one : other);
        Duration step = longest.map(wait -> left(wait, now))
                .orElseGet(() -> settings.delay().states().getOrDefault(release.state(), Duration.ZERO));
        Instant ready = now.plus(step);
        Instant end;
        if (release.state() == ReleaseState.DEPLOYING) {
            end = ready;
        } else {
            for (ReleaseState state : BEFORE_PRODUCTION) {
                if (state.compareTo(release.state()) > 0) {
                    ready = ready.plus(settings.delay().states().getOrDefault(state, Duration.ZERO));
                }
            }
            Instant opens = release.windowStart().get();
            end = (ready.isAfter(opens) ? ready : opens)
                    .plus(settings.delay().states().getOrDefault(ReleaseState.DEPLOYING, Duration.ZERO));
        }
        return Optional.of(new Forecast(end, cause(release, longest)));
    }

    private static String cause(Release release, Optional<OpenWork.Wait> longest) {
        return longest.map(wait -> "'" + wait.name() + "' waits"
                        + (wait.since() == null ? "" : " since " + Brief.moment(wait.since()))
                        + (wait.assigneeName() == null ? " for " + roles(wait.groups()) : " for " + wait.assigneeName())
                        + ".")
                .orElseGet(() -> "The release is still " + release.state().label() + ".");
    }

    /** Groups as people know them: one and the same role, whether it is held for a system, an environment or everywhere. */
    private static String roles(Collection<String> groups) {
        return groups.stream()
                .map(group -> group.replaceFirst("@.*", ""))
                .map(group -> Role.ofGroup(group).map(Role::label).orElse(group))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private List<OpenWork.Wait> open(Release release) {
        return work.of(List.of(release.key())).getOrDefault(release.key(), List.of()).stream()
                .filter(wait -> wait.kind() == OpenWork.Kind.TASK)
                .filter(wait -> !BESIDE.contains(ProcessKeys.of(wait.definition())))
                .toList();
    }

    /** What is left of a task; one that takes longer than expected is expected to take its time once more. */
    private Duration left(OpenWork.Wait wait, Instant now) {
        Duration expected = expected(String.valueOf(wait.element()));
        Instant since = wait.since();
        Duration spent = since == null ? Duration.ZERO : Duration.between(since, now);
        return spent.compareTo(expected) < 0 ? expected.minus(spent) : expected;
    }

    private Duration expected(String task) {
        List<HistoricTaskInstance> done = access.asSystem(() -> history.createHistoricTaskInstanceQuery()
                .taskDefinitionKey(task)
                .finished()
                .taskDeleteReason("completed")
                .orderByHistoricTaskInstanceEndTime()
                .desc()
                .listPage(0, LAST));
        if (done.size() < ENOUGH) {
            return settings.delay().tasks().getOrDefault(task, settings.delay().perTask());
        }
        List<Long> durations = done.stream()
                .map(HistoricTaskInstance::getDurationInMillis)
                .sorted()
                .toList();
        return Duration.ofMillis(durations.get(durations.size() / 2));
    }
}
