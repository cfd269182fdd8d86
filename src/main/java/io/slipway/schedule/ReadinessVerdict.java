package io.slipway.schedule;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What one function said in one round; it is added and never changed. */
@Entity
@Table(name = "readiness_verdict")
class ReadinessVerdict {

    /** Release, round of its window, and function: each says it once. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "round_number") int round,
            @Column(name = "function_name") String function) {}

    @EmbeddedId
    private Id id;

    @Enumerated(EnumType.STRING)
    private Readiness.Verdict verdict;

    private String reason;
    private String personId;
    private Instant givenAt;

    @SuppressWarnings("NullAway.Init")
    protected ReadinessVerdict() {}

    ReadinessVerdict(Id id, Readiness.Verdict verdict, String reason, String person, Instant now) {
        this.id = id;
        this.verdict = verdict;
        this.reason = reason;
        this.personId = person;
        this.givenAt = now;
    }

    String function() {
        return id.function();
    }

    Readiness.Verdict verdict() {
        return verdict;
    }

    String reason() {
        return reason;
    }

    String person() {
        return personId;
    }

    Instant givenAt() {
        return givenAt;
    }
}
