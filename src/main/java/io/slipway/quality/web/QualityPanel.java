package io.slipway.quality.web;

import io.slipway.platform.security.People;
import io.slipway.quality.Evidence;
import io.slipway.quality.GateStanding;
import io.slipway.quality.Gates;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.SealedPackages;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Shows how the gates of a release stand and why, and takes reports of tests in. */
@Component
class QualityPanel implements ReleasePanel {

    private final Gates gates;
    private final SealedPackages packages;
    private final Permissions permissions;
    private final People people;

    QualityPanel(Gates gates, SealedPackages packages, Permissions permissions, People people) {
        this.gates = gates;
        this.packages = packages;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public String fragment() {
        return "quality/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        List<GateStanding> standings = gates.standings(release);
        boolean sealed = packages.present(release).isPresent();
        Map<String, Object> model = new HashMap<>();
        model.put("qualityGates", standings);
        model.put("qualitySealed", sealed);
        model.put("qualityLimit", gates.reportLimit().toMegabytes());
        model.put("qualityNames", people.names(people(standings)));
        model.put(
                "qualitySupplies",
                sealed
                        && !release.onHold()
                        && !release.state().ended()
                        && permissions.reader(person).has(release.system(), Role.QA));
        return model;
    }

    private static Set<String> people(List<GateStanding> standings) {
        Set<String> involved = new HashSet<>();
        for (GateStanding standing : standings) {
            standing.evidence().stream().map(Evidence::suppliedBy).forEach(involved::add);
            standing.waiver().ifPresent(waiver -> {
                involved.add(waiver.askedBy());
                waiver.decidedBy().ifPresent(involved::add);
            });
        }
        return involved;
    }
}
