package io.slipway.governance.changes;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ChangeTicketRepository extends Repository<ChangeTicket, UUID> {

    ChangeTicket saveAndFlush(ChangeTicket ticket);

    Optional<ChangeTicket> findById(UUID release);

    Optional<ChangeTicket> findByNumber(String number);

    List<ChangeTicket> findByReleaseIdIn(Collection<UUID> releases);
}
