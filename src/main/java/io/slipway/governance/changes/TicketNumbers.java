package io.slipway.governance.changes;

import io.slipway.release.ReleaseId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    /** Numbers of the tickets of releases, by release, asked for together. */
    public Map<UUID, String> of(Set<UUID> releases) {
        Map<UUID, String> numbers = new HashMap<>();
        if (!releases.isEmpty()) {
            tickets.findByReleaseIdIn(releases)
                    .forEach(ticket -> numbers.put(ticket.release().value(), ticket.number()));
        }
        return numbers;
    }

    /** The release of a ticket; empty when no release has it. */
    public Optional<ReleaseId> releaseOf(String number) {
        return tickets.findByNumber(number).map(ChangeTicket::release);
    }
}
