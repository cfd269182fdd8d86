package io.slipway.validation;

import io.slipway.release.ReleaseId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One watch over a release in production, from going live to hypercare; the newest of a release counts. */
@Entity
@Table(name = "validation")
public class Validation {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID releaseId;
    private String packageDigest;
    private int passes;
    private long pauseMillis;
    private Instant openedAt;
    private Instant bakedAt;
    private @Nullable Instant hypercareEnds;

    @SuppressWarnings("NullAway.Init")
    protected Validation() {}

    Validation(ReleaseId release, String packageDigest, ValidationSettings.Rhythm rhythm, Instant now) {
        this.releaseId = release.value();
        this.packageDigest = packageDigest;
        this.passes = rhythm.passes();
        this.pauseMillis = rhythm.pause().toMillis();
        this.openedAt = now;
        this.bakedAt = now.plus(rhythm.bake());
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("A validation has an id only after it was stored");
        }
        return id;
    }

    /** Release that is watched. */
    public ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    /** SHA-256 of the manifest of the package that was live when the watch began. */
    public String packageDigest() {
        return packageDigest;
    }

    /** Checks in a row that must pass. */
    public int passes() {
        return passes;
    }

    /** Time between two checks. */
    public Duration pause() {
        return Duration.ofMillis(pauseMillis);
    }

    /** When the watch began. */
    public Instant openedAt() {
        return openedAt;
    }

    /** First moment at which hypercare may begin. */
    public Instant bakedAt() {
        return bakedAt;
    }

    /** When hypercare ends; empty until it begins. */
    public Optional<Instant> hypercareEnds() {
        return Optional.ofNullable(hypercareEnds);
    }

    boolean bakedAfter(long passed, Instant now) {
        return passed >= passes && !now.isBefore(bakedAt);
    }

    void startHypercare(Instant ends) {
        this.hypercareEnds = ends;
    }
}
