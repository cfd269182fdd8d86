package io.slipway.platform.process;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Answers models when a task is due; called {@code deadlines} in expressions. */
@Component
public class Deadlines implements ModelFacade {

    private final Settings settings;
    private final Clock clock;

    Deadlines(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Moment at which a task with this form is due when it is created now. */
    public Date of(String form, DelegateExecution execution) {
        return Date.from(clock.instant().plus(settings.tasks().getOrDefault(form, settings.usual())));
    }

    /**
     * How long people have for a task.
     *
     * @param usual time for a task that is not named
     * @param tasks time by form id
     */
    @ConfigurationProperties("slipway.deadlines")
    public record Settings(
            @DefaultValue("P2D") Duration usual,
            @DefaultValue Map<String, Duration> tasks) {}
}
