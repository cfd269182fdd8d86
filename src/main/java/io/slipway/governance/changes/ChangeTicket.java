package io.slipway.governance.changes;

import io.slipway.release.ReleaseId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Under which number of the register of changes a release touches production. */
@Entity
@Immutable
@Table(name = "change_ticket")
class ChangeTicket {

    @Id
    private UUID releaseId;

    private String number;
    private Instant openedAt;

    @SuppressWarnings("NullAway.Init")
    protected ChangeTicket() {}

    ChangeTicket(ReleaseId release, String number, Instant openedAt) {
        this.releaseId = release.value();
        this.number = number;
        this.openedAt = openedAt;
    }

    ReleaseId release() {
        return new ReleaseId(releaseId);
    }

    String number() {
        return number;
    }

    Instant openedAt() {
        return openedAt;
    }
}
