package io.slipway.deployment.web;

import io.slipway.deployment.Deployment;
import io.slipway.deployment.DeploymentPlan;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.Step;
import io.slipway.platform.ledger.LedgerEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as it is shown.
 *
 * @param previous the version that ran before; null when none did
 * @param health what was seen when the service was asked; null before that
 * @param failure why it failed; null when no step did
 * @param plan digest of the plan; null before it is planned
 * @param effects what was done to the world, in the order of the plan
 */
public record DeploymentRow(
        String environment,
        int number,
        String version,
        String packageDigest,
        @Nullable String pattern,
        @Nullable String plan,
        String state,
        @Nullable String previous,
        @Nullable String health,
        @Nullable String failure,
        Instant openedAt,
        @Nullable Instant endedAt,
        List<EffectRow> effects) {

    /**
     * An effect as it is shown.
     *
     * @param fence number under which it was last sent; 0 before that
     * @param open whether it is under way or in doubt
     * @param reason why it failed or is in doubt; null otherwise
     */
    public record EffectRow(
            String step,
            String target,
            String state,
            boolean open,
            long fence,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String reason) {

        static EffectRow of(LedgerEntry entry) {
            return new EffectRow(
                    Step.label(entry.step()),
                    entry.target(),
                    entry.state().label(),
                    entry.state().open(),
                    entry.fence(),
                    entry.startedAt().orElse(null),
                    entry.endedAt().orElse(null),
                    entry.reason().orElse(null));
        }
    }

    static DeploymentRow of(Deployments.WithEffects deployed) {
        Deployment deployment = deployed.deployment();
        return new DeploymentRow(
                deployment.environment(),
                deployment.number(),
                deployment.version(),
                deployment.packageDigest(),
                deployment.plan().map(DeploymentPlan::pattern).map(Enum::name).orElse(null),
                deployment.planDigest().orElse(null),
                deployment.state().label(),
                deployment.previous().map(Deployment.Previous::version).orElse(null),
                deployment.healthEvidence().orElse(null),
                deployment.failure().orElse(null),
                deployment.openedAt(),
                deployment.endedAt().orElse(null),
                deployed.effects().stream().map(EffectRow::of).toList());
    }

    /** Whether something of it is under way or in doubt. */
    public boolean open() {
        return effects.stream().anyMatch(EffectRow::open);
    }
}
