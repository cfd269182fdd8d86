package io.slipway.validation;

import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.AuditTrail;
import io.slipway.release.Release;
import io.slipway.release.SideProcesses;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Starts what follows from a release beside its spine. A release that began before a model existed has recorded no version of it and
 * goes its way without; the audit trail says so.
 */
@Component
public class FollowUps {

    private final SideProcesses sides;
    private final ModelVersions models;
    private final AuditTrail audit;

    FollowUps(SideProcesses sides, ModelVersions models, AuditTrail audit) {
        this.sides = sides;
        this.models = models;
        this.audit = audit;
    }

    /** Starts a process of a release, in the transaction of the caller; tells whether it could. */
    public boolean start(Release release, String process, Map<String, ?> variables) {
        if (models.pinned(release.key(), ModelKind.PROCESS, process).isEmpty()) {
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "validation.skipFollowUp",
                    process,
                    Map.of(),
                    Map.of("reason", "The release recorded no version of this process at its start.")));
            return false;
        }
        sides.start(release, process, variables);
        return true;
    }
}
