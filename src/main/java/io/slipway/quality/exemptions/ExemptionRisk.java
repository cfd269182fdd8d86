package io.slipway.quality.exemptions;

import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.RiskFactor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a system skipped and did not check in time makes its next release riskier. */
@Component
class ExemptionRisk implements RiskFactor {

    private final Obligations obligations;
    private final ExemptionSettings settings;

    ExemptionRisk(Obligations obligations, ExemptionSettings settings) {
        this.obligations = obligations;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "exemptions";
    }

    @Override
    public Optional<Weight> weigh(Release release) {
        List<Obligations.Obligation> overdue =
                obligations.overdue(release.system(), Optional.of(Obligations.Kind.EXEMPTION));
        if (overdue.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Weight(
                overdue.size() >= settings.many() ? 2 : 1,
                overdue.size() + (overdue.size() == 1 ? " exemption" : " exemptions") + " of " + release.system()
                        + " should have been validated by now, the oldest by "
                        + overdue.get(0).owed().due() + "."));
    }
}
