package io.slipway.quality;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Production gets a package that passed the gate of every environment on its route, or was waived there. */
@Component
class QualityCondition implements ProductionCondition {

    private final Gates gates;

    QualityCondition(Gates gates) {
        this.gates = gates;
    }

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        List<GateStanding> standings = gates.standings(release);
        if (standings.isEmpty()) {
            return List.of("The system " + release.system()
                    + " has no environment before production, so nothing proves that " + release.key() + " works.");
        }
        List<String> obstacles = new ArrayList<>();
        for (GateStanding standing : standings) {
            if (!standing.passable()) {
                obstacles.add(standing.sentence());
                continue;
            }
            GateVerdict verdict = standing.verdict().orElseThrow();
            if (!verdict.packageDigest().equals(touch.packageDigest())) {
                obstacles.add("The gate of " + standing.environment() + " was passed by the package "
                        + verdict.packageDigest() + " and not by " + touch.packageDigest()
                        + "; please deploy the one that was tested.");
            }
            obstacles.addAll(gates.damagedEvidence(verdict));
        }
        return obstacles;
    }
}
