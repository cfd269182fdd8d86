package io.slipway.governance.changes;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ChangeTicketRepository extends Repository<ChangeTicket, UUID> {

    ChangeTicket saveAndFlush(ChangeTicket ticket);

    Optional<ChangeTicket> findById(UUID release);
}
