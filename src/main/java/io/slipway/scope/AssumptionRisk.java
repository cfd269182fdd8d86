package io.slipway.scope;

import io.slipway.release.Release;
import io.slipway.release.RiskFactor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Assumptions that do not hold make a release riskier than people said. */
@Component
class AssumptionRisk implements RiskFactor {

    private final Assumptions assumptions;

    AssumptionRisk(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    @Override
    public String name() {
        return "assumptions";
    }

    @Override
    public Optional<Weight> weigh(Release release) {
        List<Assumptions.Assumption> broken = assumptions.broken(release);
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Weight(
                        broken.size() > 1 ? 2 : 1,
                        broken.size() + (broken.size() == 1 ? " assumption does" : " assumptions do")
                                + " not hold, the first being: "
                                + broken.get(0).statement()));
    }
}
