package io.slipway.governance.risk;

import io.slipway.governance.risk.RiskAnswers.RollbackTested;
import io.slipway.platform.text.Beginning;
import io.slipway.release.ReleaseId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One assessment of the risk of a release; the newest counts. */
@Entity
@Immutable
@Table(name = "risk_assessment")
public class RiskAssessment {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID releaseId;
    private @Nullable Integer impact;
    private @Nullable Integer likelihood;
    private @Nullable Integer usersImpact;

    @Enumerated(EnumType.STRING)
    private @Nullable RollbackTested rollbackTested;

    private String note;

    @Enumerated(EnumType.STRING)
    private RiskLevel level;

    private String explanation;
    private String assessedBy;
    private Instant assessedAt;

    @SuppressWarnings("NullAway.Init")
    protected RiskAssessment() {}

    RiskAssessment(ReleaseId release, RiskAnswers answers, RiskRule.Verdict verdict, String person, Instant now) {
        this.releaseId = release.value();
        this.impact = answers.impact().orElse(null);
        this.likelihood = answers.likelihood().orElse(null);
        this.usersImpact = answers.usersImpact().orElse(null);
        this.rollbackTested = answers.rollbackTested().orElse(null);
        this.note = answers.note();
        this.level = verdict.level();
        String explained = String.join("\n", verdict.reasons());
        this.explanation = Beginning.of(explained, 2_000);
        this.assessedBy = person;
        this.assessedAt = now;
    }

    /** Release that was assessed. */
    public ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    /** What was answered. */
    public RiskAnswers answers() {
        return new RiskAnswers(
                Optional.ofNullable(impact),
                Optional.ofNullable(likelihood),
                Optional.ofNullable(usersImpact),
                Optional.ofNullable(rollbackTested),
                note);
    }

    /** The level that follows from the answers. */
    public RiskLevel level() {
        return level;
    }

    /** Why it is that level, one sentence each. */
    public List<String> reasons() {
        return List.of(explanation.split("\n"));
    }

    /** Opaque id of the person who answered. */
    public String assessedBy() {
        return assessedBy;
    }

    /** When it was answered. */
    public Instant assessedAt() {
        return assessedAt;
    }
}
