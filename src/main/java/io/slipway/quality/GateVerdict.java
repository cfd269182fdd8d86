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
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What was decided on a gate, with everything that explains it. Added once and never changed. */
@Entity
@Immutable
@Table(name = "gate_verdict")
public class GateVerdict {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Embedded
    private GateId gate;

    @Enumerated(EnumType.STRING)
    private Verdict verdict;

    @Column(length = 1_000_000)
    private String explanation;

    private Instant recordedAt;

    @SuppressWarnings("NullAway.Init")
    protected GateVerdict() {}

    GateVerdict(GateId gate, Verdict verdict, GateExplanation explanation, Instant now) {
        this.gate = gate;
        this.verdict = verdict;
        this.explanation = Json.write(explanation);
        this.recordedAt = now;
    }

    /** Number among all verdicts, in the order in which they were spoken. */
    public long number() {
        return Objects.requireNonNull(seq, "not stored yet");
    }

    GateId gate() {
        return gate;
    }

    /** Key of the environment in which the package was tested. */
    public String environment() {
        return gate.environment();
    }

    /** SHA-256 of the sealed package's manifest. */
    public String packageDigest() {
        return gate.packageDigest();
    }

    /** Passed or failed. */
    public Verdict verdict() {
        return verdict;
    }

    /** Inputs, rule, evidence, and what would change it. */
    public GateExplanation explanation() {
        return Json.read(explanation, GateExplanation.class);
    }

    /** When it was recorded. */
    public Instant recordedAt() {
        return recordedAt;
    }
}
