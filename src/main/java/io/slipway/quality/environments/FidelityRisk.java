package io.slipway.quality.environments;

import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Release;
import io.slipway.release.RiskFactor;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What was tested in an environment unlike production is riskier there. */
@Component
class FidelityRisk implements RiskFactor {

    private final EnvironmentRefreshes refreshes;
    private final Landscape landscape;
    private final RefreshSettings settings;

    FidelityRisk(EnvironmentRefreshes refreshes, Landscape landscape, RefreshSettings settings) {
        this.refreshes = refreshes;
        this.landscape = landscape;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "fidelity";
    }

    /** The environment that is most alike decides: that is where what matters shows. */
    @Override
    public Optional<Weight> weigh(Release release) {
        return landscape.route(release.system(), release.urgency()).stream()
                .map(Environment::key)
                .flatMap(environment -> refreshes.lastScored(release.system(), environment).stream())
                .max(Comparator.comparingInt(refresh -> refresh.fidelity().orElse(0)))
                .filter(refresh -> refresh.fidelity().orElse(0) < settings.low())
                .map(refresh -> new Weight(
                        refresh.fidelity().orElse(0) < settings.veryLow() ? 2 : 1,
                        refresh.environment()
                                + " is the environment of the route that is most like production, with a fidelity of "
                                + refresh.fidelity().orElse(0) + " of 100."));
    }
}
