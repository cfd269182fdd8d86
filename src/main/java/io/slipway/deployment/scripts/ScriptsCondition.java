package io.slipway.deployment.scripts;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** Production is touched only when the script that takes it back has lately run somewhere else; systems without scripts need none. */
@Component
class ScriptsCondition implements ProductionCondition {

    private final Scripts scripts;

    ScriptsCondition(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return "scripts";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return scripts.obstacles(release);
    }
}
