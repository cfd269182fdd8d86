package io.slipway.schedule.milestones;

import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Finds in the engine's history what held a release up: the task or the wait that took the most of a stretch of time. */
@Component
class SlipCause {

    private static final Set<String> TASKS = Set.of("userTask");
    private static final Set<String> WAITS = Set.of("intermediateTimer", "intermediateMessageCatch", "receiveTask");
    private static final Set<String> WORK = Set.of("serviceTask", "externalTask", "sendTask", "businessRuleTask");
    private static final int MOST = 500;

    private final HistoryService history;
    private final EngineAccess access;

    SlipCause(@Lazy HistoryService history, EngineAccess access) {
        this.history = history;
        this.access = access;
    }

    /** What took the most between two moments; empty when nothing of the process did. */
    Optional<String> between(Release release, Instant from, Instant until) {
        if (!from.isBefore(until)) {
            return Optional.empty();
        }
        return access.asSystem(() -> instances(release).stream()
                .flatMap(instance -> activities(instance, from, until).stream())
                .filter(activity -> kind(activity).isPresent())
                .max(Comparator.comparing(activity -> overlap(activity, from, until)))
                .filter(activity -> overlap(activity, from, until).compareTo(Duration.ZERO) > 0)
                .map(activity -> kind(activity).orElseThrow() + " '"
                        + (activity.getActivityName() == null ? activity.getActivityId() : activity.getActivityName())
                        + "' took " + words(overlap(activity, from, until))));
    }

    private List<String> instances(Release release) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(release.key())
                .listPage(0, 100)
                .stream()
                .map(HistoricProcessInstance::getId)
                .toList();
    }

    private List<HistoricActivityInstance> activities(String instance, Instant from, Instant until) {
        return history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .startedBefore(Date.from(until))
                .orderByHistoricActivityInstanceStartTime()
                .desc()
                .listPage(0, MOST)
                .stream()
                .filter(activity -> activity.getEndTime() == null
                        || activity.getEndTime().toInstant().isAfter(from))
                .toList();
    }

    private static Duration overlap(HistoricActivityInstance activity, Instant from, Instant until) {
        Instant start = activity.getStartTime().toInstant();
        Instant end =
                activity.getEndTime() == null ? until : activity.getEndTime().toInstant();
        return Duration.between(start.isBefore(from) ? from : start, end.isAfter(until) ? until : end);
    }

    private static Optional<String> kind(HistoricActivityInstance activity) {
        String type = activity.getActivityType();
        if (TASKS.contains(type)) {
            return Optional.of("The task");
        }
        if (WAITS.contains(type)) {
            return Optional.of("The wait");
        }
        return WORK.contains(type) ? Optional.of("The step") : Optional.empty();
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : Math.max(1, duration.toSeconds()) + " s";
    }
}
