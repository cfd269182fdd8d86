package io.slipway.governance.approvals;

import io.slipway.governance.changes.ChangeTickets;
import io.slipway.integration.changes.Change;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Production is touched under an open change ticket, with the approvals that the release needs, and with the content they signed. */
@Component
class ApprovalsCondition implements ProductionCondition {

    private final Approvals approvals;
    private final ChangeTickets tickets;

    ApprovalsCondition(Approvals approvals, ChangeTickets tickets) {
        this.approvals = approvals;
        this.tickets = tickets;
    }

    @Override
    public String name() {
        return "approvals";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        List<String> obstacles = new ArrayList<>(approvals.obstacles(release));
        Optional<Change> ticket = tickets.find(release);
        if (ticket.isEmpty()) {
            obstacles.add("No change ticket of " + release.key() + " is found.");
        }
        ticket.filter(change -> change.state() == Change.State.CLOSED)
                .ifPresent(change ->
                        obstacles.add("The change ticket " + change.number() + " is closed; it must be open."));
        return obstacles;
    }
}
