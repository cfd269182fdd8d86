package io.slipway.governance.changes;

import io.slipway.release.ReleaseId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Under which change ticket something happens. */
@Component
public class TicketNumbers {

    private final ChangeTicketRepository tickets;

    TicketNumbers(ChangeTicketRepository tickets) {
        this.tickets = tickets;
    }

    /** Number of the ticket of a release; empty until it is opened. */
    public Optional<String> of(ReleaseId release) {
        return tickets.findById(release.value()).map(ChangeTicket::number);
    }
}
