package io.slipway.integration.targets.http;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the deployment agent is reached.
 *
 * @param dataDir the agent's data directory; its token and ports are read there
 * @param host where it listens; its services answer on that machine's loopback, and are asked through the agent from another one
 * @param answerTimeout longest wait for an answer; stopping a service may take the agent eleven seconds
 * @param transferTimeout longest silence while a file is sent or checked
 */
@ConfigurationProperties("slipway.targets.agent")
@Validated
record AgentTargetsSettings(
        @DefaultValue("data/agent") @NotNull Path dataDir,

        @DefaultValue(AgentTargetsSettings.THIS_MACHINE) @NotBlank String host,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration answerTimeout,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration transferTimeout) {

    static final String THIS_MACHINE = "127.0.0.1";

    boolean onThisMachine() {
        return host.equals(THIS_MACHINE);
    }
}
