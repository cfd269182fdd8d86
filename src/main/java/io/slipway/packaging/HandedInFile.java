package io.slipway.packaging;

import io.slipway.release.SealedPackage;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file that was handed in for a round; its bytes lie in the artifact store. */
@Entity
@Table(name = "package_file")
public class HandedInFile {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Embedded
    private PackageRound.Id round;

    private String name;
    private long size;
    private String sha256;
    private String handedInBy;
    private Instant handedInAt;

    @SuppressWarnings("NullAway.Init")
    protected HandedInFile() {}

    HandedInFile(PackageRound.Id round, String name, long size, String sha256, String handedInBy, Instant handedInAt) {
        this.round = round;
        this.name = name;
        this.size = size;
        this.sha256 = sha256;
        this.handedInBy = handedInBy;
        this.handedInAt = handedInAt;
    }

    /** Number of the round that it was handed in for. */
    public int round() {
        return round.number();
    }

    /** Name, unique in its round. */
    public String name() {
        return name;
    }

    /** Size in bytes. */
    public long size() {
        return size;
    }

    /** SHA-256 of its bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Opaque id of the person who handed it in. */
    public String handedInBy() {
        return handedInBy;
    }

    /** When it was handed in. */
    public Instant handedInAt() {
        return handedInAt;
    }

    SealedPackage.File sealed() {
        return new SealedPackage.File(name, size, sha256);
    }
}
