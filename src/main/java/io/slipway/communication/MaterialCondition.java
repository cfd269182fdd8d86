package io.slipway.communication;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.ScopeFacts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Refuses production while users would see something that nothing has prepared them for. */
@Component
class MaterialCondition implements ProductionCondition {

    private final Materials materials;
    private final ScopeFacts scope;

    MaterialCondition(Materials materials, ScopeFacts scope) {
        this.materials = materials;
        this.scope = scope;
    }

    @Override
    public String name() {
        return "material";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        List<Material> all = materials.of(release);
        List<String> obstacles = new ArrayList<>();
        for (String item : scope.userVisible(release)) {
            if (all.stream()
                    .noneMatch(material ->
                            material.item().equals(item) && material.state().ready())) {
                obstacles.add(
                        "Users see '" + item + "', and no training or announcement on it is scheduled; please plan"
                                + " one on the page of " + release.key() + ".");
            }
        }
        all.stream()
                .filter(material -> !material.state().ready())
                .forEach(material -> obstacles.add("The "
                        + material.kind().label().toLowerCase(java.util.Locale.ROOT) + " on '" + material.item()
                        + "' is planned and not scheduled; please have it written and reviewed."));
        return obstacles;
    }
}
