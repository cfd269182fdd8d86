package io.slipway.validation.closing;

import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseOutcome;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** How a release ended, signed once by a release manager over the closing conditions as they were found. */
@Entity
@Immutable
@Table(name = "release_closure")
public class ReleaseClosure {

    @Id
    private UUID releaseId;

    @Enumerated(EnumType.STRING)
    private ReleaseOutcome outcome;

    private String note;
    private String signedBy;
    private Instant signedAt;
    private long evaluationId;
    private String digest;

    @SuppressWarnings("NullAway.Init")
    protected ReleaseClosure() {}

    ReleaseClosure(
            ReleaseId release,
            ReleaseOutcome outcome,
            String note,
            String signedBy,
            Instant signedAt,
            ClosingEvaluation evaluation) {
        this.releaseId = release.value();
        this.outcome = outcome;
        this.note = note;
        this.signedBy = signedBy;
        this.signedAt = signedAt;
        this.evaluationId = evaluation.id();
        this.digest = evaluation.digest();
    }

    /** Release that ended. */
    public ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    /** How it ended. */
    public ReleaseOutcome outcome() {
        return outcome;
    }

    /** What should be remembered; may be empty. */
    public String note() {
        return note;
    }

    /** Opaque id of the person who signed. */
    public String signedBy() {
        return signedBy;
    }

    /** When it was signed. */
    public Instant signedAt() {
        return signedAt;
    }

    /** Evaluation that the signature covers. */
    long evaluation() {
        return evaluationId;
    }

    /** Digest of that evaluation. */
    public String digest() {
        return digest;
    }
}
