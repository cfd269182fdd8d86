package io.slipway.deployment;

import io.slipway.release.ClosingCondition;
import io.slipway.release.Landscape;
import io.slipway.release.Release;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A release is closed when users of production reach what its records say: its own package when it stayed, the one before it when
 * it was rolled back.
 */
@Component
class LiveAsRecorded implements ClosingCondition {

    private final DeploymentRepository deployments;
    private final RunningServices services;
    private final Rollout rollout;
    private final Landscape landscape;

    LiveAsRecorded(DeploymentRepository deployments, RunningServices services, Rollout rollout, Landscape landscape) {
        this.deployments = deployments;
        this.services = services;
        this.rollout = rollout;
        this.landscape = landscape;
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public Finding evaluate(Release release) {
        String production = landscape.production(release.system()).key();
        String recorded = services.live(release.system(), production)
                .map(RunningServices.RunningVersion::packageDigest)
                .orElse("");
        Optional<Deployment> latest =
                deployments.findFirstByBusinessKeyAndEnvironmentOrderByIdDesc(release.key(), production);
        String unfinished = latest.map(deployment -> switch (deployment.state()) {
                    case LIVE ->
                        recorded.equals(deployment.packageDigest())
                                ? ""
                                : "the records say that another package is live";
                    case ROLLED_BACK ->
                        recorded.equals(deployment
                                        .previous()
                                        .map(Deployment.Previous::packageDigest)
                                        .orElse(""))
                                ? ""
                                : "the records do not say that what ran before is live";
                    case REPLACED -> "";
                    default -> "its state is '" + deployment.state().label() + "'";
                })
                .orElse("");
        if (!unfinished.isEmpty()) {
            String sentence = "Deployment " + latest.orElseThrow().number() + " on " + production + " is not finished: "
                    + unfinished + ".";
            return new Finding(
                    false, sentence, List.of(sentence + " Please finish it or roll it back, and evaluate again."));
        }
        LiveVerdict verdict = rollout.verifyRecorded(release.system(), production);
        return new Finding(
                verdict.live(),
                verdict.sentence(),
                verdict.live()
                        ? List.of()
                        : List.of(verdict.sentence()
                                + " Please find out who changed it and lead the traffic back, then evaluate again."));
    }
}
