package io.slipway.communication;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.ScopeFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        Set<String> told = all.stream()
                .filter(material -> materials.inTime(release, material))
                .map(Material::item)
                .collect(Collectors.toUnmodifiableSet());
        Collection<String> visible = scope.userVisible(release);
        for (String item : visible) {
            if (!told.contains(item)) {
                obstacles.add("Users see '" + item
                        + "', and no training or announcement on it is published before; please plan"
                        + " one on the page of " + release.key() + ".");
            }
        }
        all.stream()
                .filter(material -> material.state().ready() && !told.contains(material.item()))
                .filter(material -> !visible.contains(material.item()))
                .forEach(material -> obstacles.add("The "
                        + material.kind().label().toLowerCase(java.util.Locale.ROOT) + " on '" + material.item()
                        + "' is published after users see it; please plan one that is published before."));
        all.stream()
                .filter(material -> !material.state().ready())
                .forEach(material -> obstacles.add("The "
                        + material.kind().label().toLowerCase(java.util.Locale.ROOT) + " on '" + material.item()
                        + "' is planned and not scheduled; please have it written and reviewed."));
        return obstacles;
    }
}
