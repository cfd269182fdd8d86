package io.slipway.schedule.waves;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** A region is not touched before it has taken over, nor before those of the waves ahead of it; whatever way the touch comes. */
@Component
class WavesCondition implements ProductionCondition {

    private final Waves waves;

    WavesCondition(Waves waves) {
        this.waves = waves;
    }

    @Override
    public String name() {
        return "waves";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return waves.obstacles(release, touch.environment());
    }
}
