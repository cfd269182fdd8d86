package io.slipway.validation.closing;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.platform.data.Canonical;
import io.slipway.release.ClosingCondition.Finding;
import io.slipway.release.Release;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The closing conditions of a release as they were found at one moment; the newest counts. */
@Entity
@Immutable
@Table(name = "closing_evaluation")
public class ClosingEvaluation {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID releaseId;
    private Instant evaluatedAt;
    private int openPoints;
    private String digest;

    @Column(length = 1_000_000)
    private String findings;

    @SuppressWarnings("NullAway.Init")
    protected ClosingEvaluation() {}

    ClosingEvaluation(Release release, Map<String, Finding> findings, Instant now) {
        this.releaseId = release.id().value();
        this.evaluatedAt = now;
        this.openPoints = (int)
                findings.values().stream().filter(finding -> !finding.met()).count();
        this.findings = Canonical.json(findings);
        this.digest = Canonical.digest(Map.of("release", release.key(), "findings", findings));
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("An evaluation has an id only after it was stored");
        }
        return id;
    }

    /** Release that was looked at. */
    public UUID release() {
        return releaseId;
    }

    /** When it was looked at. */
    public Instant evaluatedAt() {
        return evaluatedAt;
    }

    /** Number of conditions that did not hold. */
    public int openPoints() {
        return openPoints;
    }

    /** SHA-256 over release and findings; what a signature covers. */
    public String digest() {
        return digest;
    }

    /** The finding of each condition, by its name. */
    public Map<String, Finding> findings() {
        Map<String, Finding> read = new TreeMap<>();
        for (Map.Entry<String, JsonNode> finding : Canonical.read(findings).properties()) {
            List<String> remedies = new ArrayList<>();
            finding.getValue().path("remedies").forEach(remedy -> remedies.add(remedy.asText()));
            read.put(
                    finding.getKey(),
                    new Finding(
                            finding.getValue().path("met").asBoolean(),
                            finding.getValue().path("evidence").asText(),
                            remedies));
        }
        return read;
    }
}
