package io.slipway.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.release.SealedPackage;
import java.util.List;
import java.util.Objects;

/**
 * What is going to be done to put one package on one environment, and how each step is taken back. Its digest is what approvals
 * sign, so it holds nothing that differs between two attempts to do the same.
 *
 * @param system key of the system
 * @param version the version that is delivered
 * @param environment key of the environment
 * @param tier how near to customers the environment is
 * @param pattern how the new version takes the place of the old one
 * @param target where the service runs, as the agent knows it
 * @param packageDigest SHA-256 of the manifest of the sealed package
 * @param startFile the file that is started
 * @param files what the package consists of, by name
 * @param jvmOptions options of the Java process
 * @param configuration digest of its templates and of the values of the environment, in which secrets count by name; empty without
 *     templates
 * @param instances how many instances take turns; 0 where the service runs once
 * @param batch how many of them are replaced at a time; 0 where the service runs once
 * @param health what must be answered before traffic is switched
 * @param steps in the order in which they are done
 */
public record DeploymentPlan(
        String system,
        String version,
        String environment,
        String tier,
        DeploymentPattern pattern,
        String target,
        String packageDigest,
        String startFile,
        List<SealedPackage.File> files,
        List<String> jvmOptions,
        // Plans from before there were configurations keep their digest.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String configuration,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int instances,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int batch,
        HealthRule health,
        List<PlannedStep> steps) {

    /** Keeps the lists as they are now. */
    public DeploymentPlan {
        files = List.copyOf(files);
        jvmOptions = List.copyOf(jvmOptions);
        configuration = Objects.requireNonNullElse(configuration, "");
        steps = List.copyOf(steps);
    }

    /** How many processes run in the end. */
    int count() {
        return Math.max(1, instances);
    }

    /** How many are replaced at a time. */
    int atATime() {
        return Math.max(1, batch);
    }

    /**
     * What makes a service healthy.
     *
     * @param path what is asked for
     * @param needed good answers in a row
     * @param attempts most questions
     */
    public record HealthRule(String path, int needed, int attempts) {}

    /**
     * A step.
     *
     * @param step which one
     * @param action what is done, for people
     * @param undo how it is taken back, for people
     */
    public record PlannedStep(Step step, String action, String undo) {}
}
