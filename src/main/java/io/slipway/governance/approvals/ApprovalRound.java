package io.slipway.governance.approvals;

import io.slipway.governance.risk.RiskLevel;
import io.slipway.platform.data.Canonical;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One round of approvals: a content, and the groups that must each approve it. Nothing of a round changes; another content or other
 * requirements are another round, and only the newest one counts.
 */
@Entity
@Immutable
@Table(name = "approval_round")
public class ApprovalRound {

    /**
     * From what the requirements followed.
     *
     * @param releaseClass class of the release; empty counts as the worst
     * @param riskLevel assessed level
     * @param migratesData whether data is migrated; empty counts as yes
     * @param decision decision and its version, such as {@code approval-requirements:3}
     */
    public record Grounds(
            Optional<ReleaseClass> releaseClass,
            RiskLevel riskLevel,
            Optional<Boolean> migratesData,
            String decision) {}

    @Id
    private UUID id;

    private UUID releaseId;

    @Column(name = "round_no")
    private int number;

    private String contentDigest;

    @Enumerated(EnumType.STRING)
    private @Nullable ReleaseClass releaseClass;

    @Enumerated(EnumType.STRING)
    private RiskLevel riskLevel;

    private @Nullable Boolean migratesData;
    private String decisionPin;
    private Instant openedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "approval_requirement", joinColumns = @JoinColumn(name = "round_id"))
    @Column(name = "group_name")
    private Set<String> requirements;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "approval_part", joinColumns = @JoinColumn(name = "round_id"))
    private Set<SignedPart> parts;

    @SuppressWarnings("NullAway.Init")
    protected ApprovalRound() {}

    ApprovalRound(
            Release release,
            int number,
            List<SignedPart> parts,
            Set<String> requirements,
            Grounds grounds,
            Instant now) {
        this.id = UUID.randomUUID();
        this.releaseId = release.id().value();
        this.number = number;
        this.parts = new HashSet<>(parts);
        this.requirements = new HashSet<>(requirements);
        this.releaseClass = grounds.releaseClass().orElse(null);
        this.riskLevel = grounds.riskLevel();
        this.migratesData = grounds.migratesData().orElse(null);
        this.decisionPin = grounds.decision();
        this.openedAt = now;
        this.contentDigest = Canonical.digest(Map.of(
                "release",
                release.key(),
                "round",
                number,
                "requirements",
                new TreeSet<>(requirements),
                "parts",
                digests()));
    }

    /** Identity. */
    public UUID id() {
        return id;
    }

    /** Release that is approved. */
    public ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    /** Place among the rounds of the release, from 1. */
    public int number() {
        return number;
    }

    /** What an approval of this round signs: SHA-256 over release, round, requirements and the digests of all parts. */
    public String contentDigest() {
        return contentDigest;
    }

    /** Groups that must each approve, in a stable order. */
    public List<String> requirements() {
        return requirements.stream().sorted().toList();
    }

    /** The parts by name. */
    public List<SignedPart> parts() {
        return parts.stream()
                .sorted(java.util.Comparator.comparing(SignedPart::name))
                .toList();
    }

    /** From what the requirements followed. */
    public Grounds grounds() {
        return new Grounds(
                Optional.ofNullable(releaseClass), riskLevel, Optional.ofNullable(migratesData), decisionPin);
    }

    /** When the round was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Digest of each part by name. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        parts.forEach(part -> digests.put(part.name(), part.digest()));
        return digests;
    }

    /** Whether a new round with this content and these requirements would ask for the same. */
    boolean asksFor(List<SignedPart> content, Set<String> groups) {
        Map<String, String> wanted = new TreeMap<>();
        content.forEach(part -> wanted.put(part.name(), part.digest()));
        return digests().equals(wanted) && requirements.equals(groups);
    }
}
