package io.slipway.packaging;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One packaging of a release: files are handed in until they are sealed; changed content is packaged in the next round. */
@Entity
@Table(name = "package_round")
class PackageRound {

    /** Release and number, from 1. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "round_number") int number) {}

    @EmbeddedId
    private Id id;

    private String processInstanceId;
    private Instant openedAt;

    @SuppressWarnings("NullAway.Init")
    protected PackageRound() {}

    PackageRound(Id id, String processInstanceId, Instant openedAt) {
        this.id = id;
        this.processInstanceId = processInstanceId;
        this.openedAt = openedAt;
    }

    Id id() {
        return id;
    }

    int number() {
        return id.number();
    }

    /** The packaging process that works on it. */
    String processInstanceId() {
        return processInstanceId;
    }

    Instant openedAt() {
        return openedAt;
    }
}
