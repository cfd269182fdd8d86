package io.slipway.packaging.web;

import io.slipway.packaging.components.Components;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows what the bills of materials say is in the package. */
@Component
class ComponentSection implements PackagingSection {

    private final Components components;

    ComponentSection(Components components) {
        this.components = components;
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public String fragment() {
        return "packaging/components :: section";
    }

    @Override
    public Map<String, Object> model(Release release, Viewer viewer) {
        return Map.of("componentBills", components.of(release));
    }
}
