package io.slipway.governance;

import io.slipway.governance.changes.TicketNumbers;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.AuditTrail;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds entries of the audit trail, the newest first, page after page by their place in the order: however deep somebody reads, a page
 * costs the same.
 */
@Service
public class AuditSearch {

    /** Rows that are held in memory at once while a result is written out. */
    private static final int BATCH = 500;

    private final EntityManager entities;
    private final Releases releases;
    private final People people;
    private final TicketNumbers tickets;
    private final AuditTrail audit;

    AuditSearch(
            EntityManager entities, @Lazy Releases releases, People people, TicketNumbers tickets, AuditTrail audit) {
        this.entities = entities;
        this.releases = releases;
        this.people = people;
        this.tickets = tickets;
        this.audit = audit;
    }

    /**
     * A page of entries.
     *
     * @param entries the newest first
     * @param next place before which the next page begins; empty on the last
     */
    public record Found(List<AuditEntry> entries, Optional<Long> next) {}

    /** Entries before a place in the order; before nothing, the newest. */
    @Transactional(readOnly = true)
    public Found find(AuditFilter filter, Optional<Long> before, int size) {
        Optional<Condition> condition = condition(filter);
        if (condition.isEmpty()) {
            return new Found(List.of(), Optional.empty());
        }
        List<AuditEntry> read = read(condition.get(), before.orElse(Long.MAX_VALUE), size + 1);
        boolean more = read.size() > size;
        List<AuditEntry> shown = more ? read.subList(0, size) : read;
        return new Found(shown, more ? shown.get(size - 1).seq() : Optional.empty());
    }

    /**
     * Gives every entry that a filter lets through, the newest first, a bounded number of them in memory at a time. That somebody took
     * them away is an entry of its own.
     *
     * @return number of entries
     */
    @Transactional
    public long export(AuditFilter filter, String person, String format, Consumer<AuditEntry> each) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("person", person);
        asked.put("format", format);
        asked.put("release", filter.release());
        asked.put("ticket", filter.ticket());
        asked.put("action", filter.action());
        asked.put("from", filter.from());
        asked.put("to", filter.to());
        audit.record(new AuditTrail.Entry(Optional.empty(), "audit.export", "audit trail", Map.of(), asked));
        entities.flush();
        Optional<Condition> condition = condition(filter);
        if (condition.isEmpty()) {
            return 0;
        }
        long told = 0;
        long before = Long.MAX_VALUE;
        while (true) {
            List<AuditEntry> batch = read(condition.get(), before, BATCH);
            batch.forEach(each);
            told += batch.size();
            if (batch.size() < BATCH) {
                return told;
            }
            before = batch.get(batch.size() - 1).seq().orElseThrow();
            entities.clear();
        }
    }

    /** Text of a query with the values of its parameters. */
    private record Condition(String text, Map<String, Object> values) {}

    /** What a filter asks of the rows; empty when it names what does not exist, so that nothing can be found. */
    private Optional<Condition> condition(AuditFilter filter) {
        List<String> where = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        if (!filter.release().isEmpty()) {
            Optional<Release> release = releases.find(filter.release());
            if (release.isEmpty()) {
                return Optional.empty();
            }
            where.add("e.releaseId = :release");
            values.put("release", release.get().id().value());
        }
        if (!filter.ticket().isEmpty()) {
            Optional<ReleaseId> ofRelease = tickets.releaseOf(filter.ticket());
            if (ofRelease.isPresent()) {
                // Much of a change happens before its ticket is there; it belongs to the ticket all the same.
                where.add("e.releaseId = :ofTicket");
                values.put("ofTicket", ofRelease.get().value());
            } else {
                where.add("e.changeTicket = :ticket");
                values.put("ticket", filter.ticket());
            }
        }
        if (!filter.person().isEmpty()) {
            where.add("e.actor = :actor");
            values.put(
                    "actor", people.findByLogin(filter.person()).map(Person::id).orElse(filter.person()));
        }
        if (filter.action().endsWith(".")) {
            where.add("e.action >= :action and e.action < :behind");
            values.put("action", filter.action());
            // The character after the dot, so that an index serves it.
            values.put("behind", filter.action().substring(0, filter.action().length() - 1) + "/");
        } else if (!filter.action().isEmpty()) {
            where.add("e.action = :action");
            values.put("action", filter.action());
        }
        filter.first().ifPresent(day -> {
            where.add("e.occurredAt >= :first");
            values.put("first", day.atStartOfDay(ZoneOffset.UTC).toInstant());
        });
        filter.last().ifPresent(day -> {
            where.add("e.occurredAt < :behindLast");
            Instant behind = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            values.put("behindLast", behind);
        });
        return Optional.of(new Condition(where.isEmpty() ? "" : " and " + String.join(" and ", where), values));
    }

    private List<AuditEntry> read(Condition condition, long before, int size) {
        TypedQuery<AuditEntry> query = entities.createQuery(
                "select e from AuditEntry e where e.seq < :before" + condition.text() + " order by e.seq desc",
                AuditEntry.class);
        query.setParameter("before", before);
        condition.values().forEach(query::setParameter);
        List<AuditEntry> found = query.setMaxResults(size).getResultList();
        Map<UUID, String> later = tickets.of(found.stream()
                .filter(entry -> entry.changeTicket().isEmpty())
                .flatMap(entry -> entry.releaseId().stream())
                .collect(Collectors.toSet()));
        found.stream()
                .filter(entry -> entry.changeTicket().isEmpty())
                .forEach(entry -> entry.releaseId().map(later::get).ifPresent(entry::ticketOpenedLater));
        return found;
    }
}
