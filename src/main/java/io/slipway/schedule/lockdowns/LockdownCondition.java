package io.slipway.schedule.lockdowns;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** Nothing that a lockdown holds touches production; a deployment that has begun stops before its next effect. */
@Component
class LockdownCondition implements ProductionCondition {

    private final Lockdowns lockdowns;

    LockdownCondition(Lockdowns lockdowns) {
        this.lockdowns = lockdowns;
    }

    @Override
    public String name() {
        return "lockdown";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return lockdowns
                .covering(release)
                .map(lockdown -> "A lockdown of " + lockdown.scope() + " holds " + release.key()
                        + " away from production (" + lockdown.key() + "); an incident manager lifts it.")
                .stream()
                .toList();
    }
}
