package io.slipway.validation.closing;

import io.slipway.release.ReleaseId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What a change authority found in an emergency release afterwards. */
@Entity
@Immutable
@Table(name = "emergency_review")
public class EmergencyReview {

    @Id
    private UUID releaseId;

    @Enumerated(EnumType.STRING)
    private ReviewVerdict verdict;

    private String note;
    private String reviewedBy;
    private Instant reviewedAt;

    @SuppressWarnings("NullAway.Init")
    protected EmergencyReview() {}

    EmergencyReview(ReleaseId release, ReviewVerdict verdict, String note, String reviewedBy, Instant reviewedAt) {
        this.releaseId = release.value();
        this.verdict = verdict;
        this.note = note;
        this.reviewedBy = reviewedBy;
        this.reviewedAt = reviewedAt;
    }

    /** Release that was reviewed. */
    public ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    /** What was found. */
    public ReviewVerdict verdict() {
        return verdict;
    }

    /** What was looked at, in words. */
    public String note() {
        return note;
    }

    /** Opaque id of the person. */
    public String reviewedBy() {
        return reviewedBy;
    }

    /** When it was reviewed. */
    public Instant reviewedAt() {
        return reviewedAt;
    }
}
