package io.slipway.deployment;

import io.slipway.deployment.DeploymentPlan.HealthRule;
import io.slipway.deployment.DeploymentPlan.PlannedStep;
import io.slipway.release.Environment;
import io.slipway.release.SealedPackage;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Writes plans; the same facts always give the same plan, whether an approver or the deployment asks. */
@Component
class DeploymentPlanner {

    private final DeploymentSettings settings;

    DeploymentPlanner(DeploymentSettings settings) {
        this.settings = settings;
    }

    /**
     * The plan for putting a package on an environment.
     *
     * @param configuration digest of its configuration there; empty when it has none
     */
    DeploymentPlan plan(
            Environment environment,
            String version,
            DeploymentPattern pattern,
            SealedPackage sealed,
            String configuration) {
        String target = environment.key() + "/" + environment.system();
        DeploymentSettings.Health health = settings.health();
        boolean several = pattern == DeploymentPattern.ROLLING && environment.instances() > 1;
        int instances = several ? environment.instances() : 0;
        int batch = several ? Math.min(settings.rollingBatch(), instances) : 0;
        String each = several ? ", " + batch + " of " + instances + " instances at a time" : "";
        return new DeploymentPlan(
                environment.system(),
                version,
                environment.key(),
                tier(environment),
                pattern,
                target,
                sealed.digest(),
                sealed.startFile(),
                sealed.files(),
                settings.jvmOptions(),
                configuration,
                instances,
                batch,
                new HealthRule(health.path(), health.needed(), health.attempts()),
                List.of(
                        new PlannedStep(
                                Step.TRANSFER_PACKAGE,
                                "Bring the " + sealed.files().size() + " files of the package to " + target
                                        + ", compared by their digests",
                                "Nothing: a file that nobody starts changes nothing"),
                        new PlannedStep(
                                Step.START_SERVICE,
                                "Start " + version + " beside what runs, without traffic" + each,
                                "Stop it"),
                        new PlannedStep(
                                Step.CHECK_HEALTH,
                                health.needed() + " good answers in a row to " + health.path() + ", of at most "
                                        + health.attempts(),
                                "Nothing: nothing is changed"),
                        new PlannedStep(
                                Step.SWITCH_TRAFFIC,
                                "Lead the traffic of " + target + " to " + version + each,
                                "Lead it back to the version before"),
                        new PlannedStep(
                                Step.VERIFY_LIVE,
                                "Compare what users reach with the sealed package",
                                "Nothing: nothing is changed"),
                        new PlannedStep(
                                Step.RETIRE_SERVICE,
                                pattern == DeploymentPattern.ROLLING
                                        ? "Stop the version before and everything older"
                                        : "Stop what is older than the version before",
                                pattern == DeploymentPattern.ROLLING
                                        ? "Start the version before again"
                                        : "Nothing: the version before still runs")));
    }

    /** The tier as the decision table writes it. */
    static String tier(Environment environment) {
        return environment.tier().name().toLowerCase(Locale.ROOT);
    }
}
