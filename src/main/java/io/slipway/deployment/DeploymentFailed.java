package io.slipway.deployment;

import io.slipway.release.Landscape;
import io.slipway.release.Release;
import io.slipway.release.RollbackCause;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A release is taken back because a step of its deployment failed, its users met too many errors, or somebody asked for it. */
@Component
@Order(10)
class DeploymentFailed implements RollbackCause {

    private final Deployments deployments;
    private final Landscape landscape;

    DeploymentFailed(Deployments deployments, Landscape landscape) {
        this.deployments = deployments;
        this.landscape = landscape;
    }

    @Override
    public Optional<String> of(Release release) {
        return deployments.whyRolledBack(
                release, landscape.production(release.system()).key());
    }
}
