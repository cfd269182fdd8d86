package io.slipway.deployment.traffic;

import io.slipway.deployment.ProductionSwitched;
import io.slipway.deployment.process.WatchTrafficProcess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.SideProcesses;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Begins a watch in the transaction in which a version was found live in production. */
@Component
class WatchStart {

    private static final Logger LOG = LoggerFactory.getLogger(WatchStart.class);

    private final SideProcesses sides;
    private final ModelVersions models;

    WatchStart(SideProcesses sides, ModelVersions models) {
        this.sides = sides;
        this.models = models;
    }

    @EventListener
    void begin(ProductionSwitched switched) {
        String key = switched.release().key();
        if (models.pinned(key, ModelKind.PROCESS, WatchTrafficProcess.KEY).isEmpty()) {
            LOG.warn("{} began before there was a watch over traffic; its error rate is not watched.", key);
            return;
        }
        sides.start(switched.release(), WatchTrafficProcess.KEY, Map.of());
    }
}
