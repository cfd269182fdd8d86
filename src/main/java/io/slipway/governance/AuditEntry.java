package io.slipway.governance;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One line of the audit trail; added once and never changed, for which the database account has no right either. */
@Entity
@Immutable
@Table(name = "audit_entry")
public class AuditEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    private Instant occurredAt;
    private String actor;
    private @Nullable UUID releaseId;
    private @Nullable String changeTicket;
    private String action;
    private String subject;

    @Column(name = "facts_before", length = 1_000_000)
    private String before;

    @Column(name = "facts_after", length = 1_000_000)
    private String after;

    /** Ticket of the release where the entry is older than the ticket; not stored, for an entry is never changed. */
    @Transient
    private @Nullable String laterTicket;

    @SuppressWarnings("NullAway.Init")
    protected AuditEntry() {}

    AuditEntry(
            Instant occurredAt,
            String actor,
            @Nullable UUID releaseId,
            @Nullable String changeTicket,
            String action,
            String subject,
            String before,
            String after) {
        this.occurredAt = occurredAt;
        this.actor = actor;
        this.releaseId = releaseId;
        this.changeTicket = changeTicket;
        this.action = action;
        this.subject = subject;
        this.before = before;
        this.after = after;
    }

    /** Place in the order of entries; empty until it is stored. */
    public Optional<Long> seq() {
        return Optional.ofNullable(seq);
    }

    /** When it happened. */
    public Instant occurredAt() {
        return occurredAt;
    }

    /** Opaque id of the person, or {@code system} for what the engine did by itself. */
    public String actor() {
        return actor;
    }

    /** The release that it concerns. */
    public Optional<UUID> releaseId() {
        return Optional.ofNullable(releaseId);
    }

    /** The change ticket under which it happened; before there was one, the ticket that its release got later, where it was asked for. */
    public Optional<String> changeTicket() {
        return Optional.ofNullable(changeTicket).or(() -> Optional.ofNullable(laterTicket));
    }

    /** Tells which ticket the release got after this entry. */
    void ticketOpenedLater(String ticket) {
        this.laterTicket = ticket;
    }

    /** What happened, such as {@code scope.freeze}. */
    public String action() {
        return action;
    }

    /** What it happened to. */
    public String subject() {
        return subject;
    }

    /** Facts before, as JSON. */
    public String before() {
        return before;
    }

    /** Facts after, as JSON. */
    public String after() {
        return after;
    }
}
