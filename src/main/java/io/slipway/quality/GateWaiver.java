package io.slipway.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leave to pass one gate in spite of one failed verdict: asked for by one person, granted by another, limited in time. */
@Entity
@Table(name = "gate_waiver")
public class GateWaiver {

    /** Where it stands. */
    public enum State {
        ASKED,
        GRANTED,
        REFUSED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Embedded
    private GateId gate;

    private long verdictSeq;
    private String reason;
    private String compensatingControl;
    private Instant expiresAt;
    private String askedBy;
    private Instant askedAt;

    @Enumerated(EnumType.STRING)
    private State state;

    private @Nullable String decidedBy;
    private @Nullable Instant decidedAt;

    @Column(name = "decision_reason")
    private @Nullable String decisionReason;

    @Version
    private int lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected GateWaiver() {}

    GateWaiver(GateVerdict verdict, WaiverRequest request, String askedBy, Instant now) {
        this.gate = verdict.gate();
        this.verdictSeq = verdict.number();
        this.reason = request.reason();
        this.compensatingControl = request.compensatingControl();
        this.expiresAt = request.expiresAt();
        this.askedBy = askedBy;
        this.askedAt = now;
        this.state = State.ASKED;
    }

    /** Number among all waivers, in the order in which they were asked for. */
    public long number() {
        return Objects.requireNonNull(seq, "not stored yet");
    }

    GateId gate() {
        return gate;
    }

    /** Number of the failed verdict that it is about. */
    public long verdict() {
        return verdictSeq;
    }

    /** Why the gap is acceptable. */
    public String reason() {
        return reason;
    }

    /** What makes up for the gap. */
    public String compensatingControl() {
        return compensatingControl;
    }

    /** Moment from which it holds no longer. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Opaque id of the person who asked. */
    public String askedBy() {
        return askedBy;
    }

    /** When it was asked for. */
    public Instant askedAt() {
        return askedAt;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** Opaque id of the person who granted or refused it. */
    public Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    /** When it was granted or refused. */
    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAt);
    }

    /** Why it was granted or refused. */
    public Optional<String> decisionReason() {
        return Optional.ofNullable(decisionReason);
    }

    /** Whether it lets the gate of this verdict pass at a moment. */
    boolean covers(GateVerdict failed, Instant moment) {
        return state == State.GRANTED && verdictSeq == failed.number() && moment.isBefore(expiresAt);
    }

    void decide(boolean granted, String person, String why, Instant now) {
        this.state = granted ? State.GRANTED : State.REFUSED;
        this.decidedBy = person;
        this.decisionReason = why;
        this.decidedAt = now;
    }
}
