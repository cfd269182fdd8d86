package io.slipway.deployment.scripts;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scripts are run.
 *
 * @param interpreter program and first arguments; the script's path follows as one more
 * @param timeout longest time of a run
 * @param silence longest time without a line
 * @param lines most lines that are kept; a script that writes more has failed
 * @param bytes most bytes of a script
 */
@ConfigurationProperties(value = "slipway.scripts", ignoreUnknownFields = false)
public record ScriptSettings(
        @DefaultValue("/bin/sh") List<String> interpreter,
        @DefaultValue("PT10M") Duration timeout,
        @DefaultValue("PT2M") Duration silence,
        @DefaultValue("5000") int lines,
        @DefaultValue("1048576") int bytes) {

    /** Refuses what could never run. */
    public ScriptSettings {
        interpreter = List.copyOf(interpreter);
        if (interpreter.isEmpty() || timeout.toMillis() < 1 || silence.toMillis() < 1 || lines < 1 || bytes < 1) {
            throw new IllegalArgumentException("slipway.scripts needs an interpreter, times and bounds above zero");
        }
    }
}
