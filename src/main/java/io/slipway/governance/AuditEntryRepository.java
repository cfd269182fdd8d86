package io.slipway.governance;

import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** Adds and reads entries; there is nothing to change or delete one with. */
interface AuditEntryRepository extends Repository<AuditEntry, Long> {

    AuditEntry save(AuditEntry entry);

    Page<AuditEntry> findByReleaseIdOrderBySeq(UUID releaseId, Pageable page);
}
