package io.slipway.governance;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Adds and reads entries; there is nothing to change or delete one with. */
interface AuditEntryRepository extends Repository<AuditEntry, Long> {

    AuditEntry save(AuditEntry entry);

    List<AuditEntry> findByReleaseIdOrderBySeq(UUID releaseId, Pageable page);

    /** One for each entry of a release, so that they are counted no further than needed. */
    @Query("select 1 from AuditEntry e where e.releaseId = :releaseId")
    List<Integer> counted(UUID releaseId, Limit most);
}
