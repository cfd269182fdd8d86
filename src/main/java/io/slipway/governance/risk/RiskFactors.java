package io.slipway.governance.risk;

import io.slipway.release.Release;
import io.slipway.release.RiskFactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks every phase what makes a release riskier than the answers of a person say. */
@Component
class RiskFactors {

    private static final Logger LOG = LoggerFactory.getLogger(RiskFactors.class);

    private final ObjectProvider<RiskFactor> factors;

    RiskFactors(ObjectProvider<RiskFactor> factors) {
        this.factors = factors;
    }

    /**
     * What one factor adds.
     *
     * @param levels how many levels the risk rises by it
     * @param sentence why
     */
    record Weighed(String name, int levels, String sentence) {}

    /** What every factor adds, by name; one that cannot be asked counts as the worst and says so. */
    List<Weighed> weigh(Release release) {
        List<Weighed> weighed = new ArrayList<>();
        factors.stream().sorted(Comparator.comparing(RiskFactor::name)).forEach(factor -> {
            try {
                factor.weigh(release)
                        .ifPresent(weight -> weighed.add(new Weighed(
                                factor.name(), Math.max(1, Math.min(2, weight.levels())), weight.sentence())));
            } catch (RuntimeException e) {
                LOG.warn("The risk factor {} of {} could not be asked", factor.name(), release.key(), e);
                weighed.add(new Weighed(
                        factor.name(),
                        2,
                        "The factor '" + factor.name() + "' could not be asked and counts as the worst."));
            }
        });
        return weighed;
    }
}
