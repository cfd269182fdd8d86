package io.slipway.release;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The one part that a person has in one release; the primary key makes a second part impossible, also at the same moment. */
@Entity
@Table(name = "release_involvement")
class Involvement {

    /** Release and person. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "person_id") String person) {}

    @EmbeddedId
    private Id id;

    @Enumerated(EnumType.STRING)
    private Part part;

    private Instant since;

    @SuppressWarnings("NullAway.Init")
    protected Involvement() {}

    Involvement(Id id, Part part, Instant since) {
        this.id = id;
        this.part = part;
        this.since = since;
    }

    String person() {
        return id.person();
    }

    Instant since() {
        return since;
    }

    Part part() {
        return part;
    }
}
