package io.slipway.governance.obligations;

import io.slipway.governance.process.TrackObligationProcess;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.SideProcesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Begins and ends the process that keeps after an obligation. */
@Component
class ObligationTracking {

    private final SideProcesses sides;
    private final ModelVersions models;
    private final Releases releases;
    private final RuntimeService runtime;
    private final EngineAccess access;
    private final Settings settings;
    private final Clock clock;

    ObligationTracking(
            SideProcesses sides,
            ModelVersions models,
            @Lazy Releases releases,
            @Lazy RuntimeService runtime,
            EngineAccess access,
            Settings settings,
            Clock clock) {
        this.sides = sides;
        this.models = models;
        this.releases = releases;
        this.runtime = runtime;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * When owners are reminded.
     *
     * @param remindBefore how long before it is due
     */
    @ConfigurationProperties("slipway.governance.obligations")
    public record Settings(@DefaultValue("P2D") Duration remindBefore) {}

    /**
     * Starts the process: as one of the release where the release recorded a version of it at its start, and by itself otherwise.
     *
     * @return id of the process instance
     */
    String begin(NewObligation owed) {
        String group = owed.system().map(owed.owner()::groupFor).orElseGet(() -> owed.owner()
                .group());
        Instant reminder = owed.due().minus(settings.remindBefore());
        Instant now = clock.instant();
        Map<String, Object> variables = Map.of(
                TrackObligationProcess.OBLIGATION_KEY.name(),
                owed.key(),
                TrackObligationProcess.OWNER_GROUP.name(),
                group,
                TrackObligationProcess.REMINDER_AT.name(),
                (reminder.isBefore(now) ? now : reminder).toString(),
                TrackObligationProcess.OBLIGATION_DUE.name(),
                owed.due().toString());
        Optional<Release> release = owed.release().map(releases::get).filter(known -> models.pinned(
                        known.key(), ModelKind.PROCESS, TrackObligationProcess.KEY)
                .isPresent());
        return release.map(known -> sides.start(known, TrackObligationProcess.KEY, variables))
                .orElseGet(() -> sides.start("obligation-" + UUID.randomUUID(), TrackObligationProcess.KEY, variables));
    }

    /** Ends the process of an obligation that was fulfilled by another way than its task. */
    void end(String instance) {
        access.asSystem(() -> {
            EventSubscription waiting = runtime.createEventSubscriptionQuery()
                    .processInstanceId(instance)
                    .eventName(TrackObligationProcess.FULFILLED)
                    .singleResult();
            if (waiting != null) {
                runtime.messageEventReceived(waiting.getEventName(), waiting.getExecutionId());
            } else if (runtime.createProcessInstanceQuery()
                            .processInstanceId(instance)
                            .count()
                    > 0) {
                // It has not even begun, so nothing waits for the message.
                runtime.deleteProcessInstance(instance, "The obligation is fulfilled.");
            }
            return true;
        });
    }
}
