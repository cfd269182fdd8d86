package io.slipway.packaging;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The seal of a round: written once, and the database account of the program may not change it. */
@Entity
@Immutable
@Table(name = "package_seal")
class Seal {

    @EmbeddedId
    private PackageRound.Id round;

    @Column(length = 1_000_000)
    private String manifest;

    private String digest;
    private Instant sealedAt;

    @SuppressWarnings("NullAway.Init")
    protected Seal() {}

    Seal(PackageRound.Id round, String manifest, String digest, Instant sealedAt) {
        this.round = round;
        this.manifest = manifest;
        this.digest = digest;
        this.sealedAt = sealedAt;
    }

    int number() {
        return round.number();
    }

    /** The canonical JSON that was hashed. */
    String manifest() {
        return manifest;
    }

    /** SHA-256 of the manifest, in hexadecimal. */
    String digest() {
        return digest;
    }

    Instant sealedAt() {
        return sealedAt;
    }
}
