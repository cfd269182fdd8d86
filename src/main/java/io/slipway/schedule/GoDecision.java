package io.slipway.schedule;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;

/** Whether a release goes to production in one window; it is decided once and never changed. */
@Entity
@Table(name = "go_decision")
public class GoDecision {

    @EmbeddedId
    private ReleaseWindow.Id id;

    @Enumerated(EnumType.STRING)
    private Readiness.Decision decision;

    private String reason;
    private String personId;
    private Instant decidedAt;

    @SuppressWarnings("NullAway.Init")
    protected GoDecision() {}

    GoDecision(ReleaseWindow.Id id, Readiness.Decision decision, String reason, String person, Instant now) {
        this.id = id;
        this.decision = decision;
        this.reason = reason;
        this.personId = person;
        this.decidedAt = now;
    }

    /** Round of the window that it is about. */
    public int round() {
        return id.round();
    }

    /** What was decided. */
    public Readiness.Decision decision() {
        return decision;
    }

    /** Why not; empty with a go. */
    public String reason() {
        return reason;
    }

    /** Person who decided. */
    public String person() {
        return personId;
    }

    /** When. */
    public Instant decidedAt() {
        return decidedAt;
    }
}
