package io.slipway.governance.approvals;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What one person decided for one group in one round, over which content, and until when it holds. */
@Entity
@Immutable
@Table(name = "approval_decision")
public class ApprovalDecision {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID roundId;

    @Column(name = "group_name")
    private String group;

    @Column(name = "person_id")
    private String person;

    @Enumerated(EnumType.STRING)
    @Column(name = "decision")
    private Verdict verdict;

    private String reason;
    private String contentDigest;
    private Instant decidedAt;
    private Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    protected ApprovalDecision() {}

    ApprovalDecision(
            ApprovalRound round,
            String group,
            String person,
            Verdict verdict,
            String reason,
            Instant decidedAt,
            Instant expiresAt) {
        this.roundId = round.id();
        this.group = group;
        this.person = person;
        this.verdict = verdict;
        this.reason = reason;
        this.contentDigest = round.contentDigest();
        this.decidedAt = decidedAt;
        this.expiresAt = expiresAt;
    }

    /** Round in which it was decided. */
    public UUID round() {
        return roundId;
    }

    /** Group for which it was decided. */
    public String group() {
        return group;
    }

    /** Opaque id of the person. */
    public String person() {
        return person;
    }

    /** What was decided. */
    public Verdict verdict() {
        return verdict;
    }

    /** Why; empty where none was asked. */
    public String reason() {
        return reason;
    }

    /** Digest of the content that was signed. */
    public String contentDigest() {
        return contentDigest;
    }

    /** When it was decided. */
    public Instant decidedAt() {
        return decidedAt;
    }

    /** First moment at which it no longer holds. */
    public Instant expiresAt() {
        return expiresAt;
    }

    boolean approves() {
        return verdict == Verdict.APPROVE;
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
