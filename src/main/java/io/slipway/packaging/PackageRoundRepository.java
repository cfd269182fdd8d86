package io.slipway.packaging;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface PackageRoundRepository extends JpaRepository<PackageRound, PackageRound.Id> {

    Optional<PackageRound> findFirstByIdReleaseOrderByIdNumberDesc(UUID release);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from PackageRound r where r.id = :id")
    Optional<PackageRound> lock(PackageRound.Id id);
}
