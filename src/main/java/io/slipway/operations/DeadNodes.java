package io.slipway.operations;

import io.slipway.platform.nodes.Nodes;
import io.slipway.release.AuditTrail;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What operations does about nodes that do not come back. */
@Service
public class DeadNodes {

    private final Nodes nodes;
    private final AuditTrail audit;

    DeadNodes(Nodes nodes, AuditTrail audit) {
        this.nodes = nodes;
        this.audit = audit;
    }

    /**
     * Takes a node that is dead or stopped off the list, and with it the alarm about it.
     *
     * @return whether there was one; a node that lives stays
     */
    @Transactional
    public boolean takeOffTheList(String name) {
        if (!nodes.remove(name)) {
            return false;
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "operations.removeNode", name, Map.of("listed", true), Map.of()));
        return true;
    }
}
