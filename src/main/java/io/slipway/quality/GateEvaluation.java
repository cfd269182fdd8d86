package io.slipway.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The figures of one moment, and the reports they were counted from: what the verdict is spoken on. Added once, never changed. */
@Entity
@Immutable
@Table(name = "gate_evaluation")
class GateEvaluation {

    /** What is kept of it. */
    record Content(GateFacts facts, List<GateExplanation.Report> evidence) {}

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Embedded
    private GateId gate;

    @Column(length = 1_000_000)
    private String content;

    private Instant evaluatedAt;

    @SuppressWarnings("NullAway.Init")
    protected GateEvaluation() {}

    GateEvaluation(GateId gate, Content content, Instant now) {
        this.gate = gate;
        this.content = Json.write(content);
        this.evaluatedAt = now;
    }

    GateId gate() {
        return gate;
    }

    Content content() {
        return Json.read(content, Content.class);
    }

    Instant evaluatedAt() {
        return evaluatedAt;
    }
}
