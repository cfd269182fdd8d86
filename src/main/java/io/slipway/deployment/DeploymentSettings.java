package io.slipway.deployment;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How services are started and looked at. What stands here is part of the plan that approvals sign.
 *
 * @param jvmOptions options of the Java processes of services
 * @param rollingBatch how many instances are replaced at a time where they are replaced one after the other
 * @param health what a service must answer before it gets traffic
 * @param live what the environment must answer after traffic was switched
 */
@ConfigurationProperties("slipway.deployment")
public record DeploymentSettings(
        @DefaultValue List<String> jvmOptions,
        @DefaultValue("1") int rollingBatch,
        @DefaultValue Health health,
        @DefaultValue Live live) {

    /** Keeps the options as they are now. */
    public DeploymentSettings {
        jvmOptions = List.copyOf(jvmOptions);
        if (rollingBatch < 1) {
            throw new IllegalArgumentException("slipway.deployment.rolling-batch must be 1 or more");
        }
    }

    /**
     * The check of a service that gets no traffic yet. All of it together stays below 20 s.
     *
     * @param path what is asked for, beginning with a slash
     * @param needed good answers in a row that make it healthy
     * @param attempts most questions
     * @param interval time between two questions
     * @param patience longest wait for one answer
     * @param limit no further question is asked after this time
     */
    public record Health(
            @DefaultValue("/health") String path,
            @DefaultValue("3") int needed,
            @DefaultValue("30") int attempts,
            @DefaultValue("PT0.5S") Duration interval,
            @DefaultValue("PT2S") Duration patience,
            @DefaultValue("PT15S") Duration limit) {

        /** Refuses a check that could never succeed. */
        public Health {
            if (needed < 1 || needed > attempts) {
                throw new IllegalArgumentException(
                        "slipway.deployment.health.needed must be from 1 to slipway.deployment.health.attempts");
            }
        }
    }

    /**
     * The check of what users reach.
     *
     * @param versionPath path below the environment's address where the system tells its version
     * @param versionField field of the JSON answer that holds it
     * @param attempts most questions
     * @param interval time between two questions
     */
    public record Live(
            @DefaultValue("version") String versionPath,
            @DefaultValue("version") String versionField,
            @DefaultValue("5") int attempts,
            @DefaultValue("PT0.5S") Duration interval) {}
}
