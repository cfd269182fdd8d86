package io.slipway.validation;

import io.slipway.platform.data.Canonical;
import io.slipway.release.LiveSystems.Live;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One synthetic check: what each step expected and found, kept as evidence. */
@Entity
@Immutable
@Table(name = "synthetic_run")
public class SyntheticRun {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private long validationId;
    private UUID releaseId;
    private Instant startedAt;
    private Instant endedAt;
    private String baseUrl;
    private String liveVersion;
    private String liveDigest;
    private boolean passed;

    @Column(length = 1_000_000)
    private String steps;

    @SuppressWarnings("NullAway.Init")
    protected SyntheticRun() {}

    SyntheticRun(Validation validation, Live live, List<StepResult> steps, Instant startedAt, Instant endedAt) {
        this.validationId = validation.id();
        this.releaseId = validation.release().value();
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.baseUrl = live.baseUrl();
        this.liveVersion = live.version();
        this.liveDigest = live.packageDigest();
        this.passed = !steps.isEmpty() && steps.stream().allMatch(StepResult::passed);
        this.steps = Canonical.json(steps);
    }

    /** Watch that it belongs to. */
    long validation() {
        return validationId;
    }

    /** Release that was checked. */
    public UUID release() {
        return releaseId;
    }

    /** When it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ended. */
    public Instant endedAt() {
        return endedAt;
    }

    /** Address that was asked. */
    public String baseUrl() {
        return baseUrl;
    }

    /** Version that was live. */
    public String liveVersion() {
        return liveVersion;
    }

    /** SHA-256 of the manifest of the package that was live. */
    public String liveDigest() {
        return liveDigest;
    }

    /** Whether every step found what it expected. */
    public boolean passed() {
        return passed;
    }

    /** What the steps expected and found; the last is the one that failed, when one did. */
    public List<StepResult> steps() {
        return StepResult.read(steps);
    }

    /** What went wrong, one line; empty when nothing did. */
    public String failure() {
        return steps().stream()
                .flatMap(step -> step.findings().stream()
                        .filter(finding -> !finding.met())
                        .map(finding -> step.step() + ": " + finding.what() + " was " + finding.found() + " instead of "
                                + finding.expected()))
                .findFirst()
                .orElse("");
    }
}
