package io.slipway.governance;

import io.slipway.platform.process.Intervention;
import io.slipway.platform.process.InterventionObserver;
import io.slipway.release.AuditTrail;
import io.slipway.release.ReleaseScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Leaves an audit entry for everything that a person does in the engine past our pages and forms, in the transaction of the deed:
 * {@code engine.modifyProcessInstance} and the like. Of variables it keeps the names and never a value, which might be a secret.
 */
@Component
class InterventionAudit implements InterventionObserver {

    /** What the actions of these entries begin with. */
    static final String PREFIX = "engine.";

    private final AuditTrail audit;
    private final ReleaseScope scope;

    InterventionAudit(@Lazy AuditTrail audit, @Lazy ReleaseScope scope) {
        this.audit = audit;
        this.scope = scope;
    }

    @Override
    public void intervened(Intervention done) {
        Map<String, Object> after = new LinkedHashMap<>(done.after());
        if (!done.variables().isEmpty()) {
            after.put("variables", done.variables());
        }
        audit.record(new AuditTrail.Entry(
                done.rootInstance().flatMap(scope::releaseOf),
                PREFIX
                        + Character.toLowerCase(done.operation().charAt(0))
                        + done.operation().substring(1),
                done.subject(),
                done.before(),
                after));
    }
}
