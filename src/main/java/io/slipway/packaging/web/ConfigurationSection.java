package io.slipway.packaging.web;

import io.slipway.packaging.configuration.Configurations;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows the completeness matrix of a package, and what in it looks like a secret. */
@Component
class ConfigurationSection implements PackagingSection {

    private final Configurations configurations;

    ConfigurationSection(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public String fragment() {
        return "packaging/matrix :: section";
    }

    @Override
    public Map<String, Object> model(Release release, Viewer viewer) {
        return Map.of(
                "configurationMatrix",
                configurations.matrix(release),
                "configurationSecrets",
                configurations.findings(release));
    }
}
