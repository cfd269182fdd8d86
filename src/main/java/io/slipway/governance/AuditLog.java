package io.slipway.governance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.governance.changes.TicketNumbers;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.AuditTrail;
import io.slipway.release.ReleaseId;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the audit trail, each entry in the transaction of the change that it tells of. */
@Service
public class AuditLog implements AuditTrail {

    private final AuditEntryRepository entries;
    private final TicketNumbers tickets;
    private final EngineAccess access;
    private final ObjectMapper json;
    private final Clock clock;

    AuditLog(AuditEntryRepository entries, TicketNumbers tickets, EngineAccess access, ObjectMapper json, Clock clock) {
        this.entries = entries;
        this.tickets = tickets;
        this.access = access;
        this.json = json;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction: an entry that is kept while its
     *     change is lost, or the reverse, would be worth nothing
     */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Entry entry) {
        entries.save(new AuditEntry(
                clock.instant(),
                access.person().orElse("system"),
                entry.release().map(ReleaseId::value).orElse(null),
                entry.release().flatMap(tickets::of).orElse(null),
                entry.action(),
                entry.subject(),
                text(entry.before()),
                text(entry.after())));
    }

    /** The entries of a release in the order in which they were written. */
    @Transactional(readOnly = true)
    public Page<AuditEntry> of(ReleaseId release, Pageable page) {
        return new PageImpl<>(
                entries.findByReleaseIdOrderBySeq(release.value(), page),
                page,
                entries.counted(release.value(), Limit.of(ListTotal.most(page))).size());
    }

    private String text(Map<String, ?> facts) {
        try {
            return json.writeValueAsString(new TreeMap<>(facts));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The facts of an audit entry cannot be written", e);
        }
    }
}
