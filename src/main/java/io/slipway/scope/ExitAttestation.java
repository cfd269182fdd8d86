package io.slipway.scope;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What one person has said to be finished; it is added and never changed. */
@Entity
@Table(name = "exit_attestation")
class ExitAttestation {

    /** Release, round of its scope, and criterion: each is attested once. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "round_number") int round,
            @Column(name = "criterion") String criterion) {}

    @EmbeddedId
    private Id id;

    private String statement;
    private String evidence;
    private String personId;
    private Instant attestedAt;

    @SuppressWarnings("NullAway.Init")
    protected ExitAttestation() {}

    ExitAttestation(Id id, String statement, String evidence, String person, Instant now) {
        this.id = id;
        this.statement = statement;
        this.evidence = evidence;
        this.personId = person;
        this.attestedAt = now;
    }

    String criterion() {
        return id.criterion();
    }

    String statement() {
        return statement;
    }

    String evidence() {
        return evidence;
    }

    String person() {
        return personId;
    }

    Instant attestedAt() {
        return attestedAt;
    }
}
