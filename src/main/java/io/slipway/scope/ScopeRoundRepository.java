package io.slipway.scope;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ScopeRoundRepository extends JpaRepository<ScopeRound, ScopeRound.Id> {

    List<ScopeRound> findByIdReleaseOrderByIdRoundDesc(UUID release);

    Optional<ScopeRound> findFirstByIdReleaseOrderByIdRoundDesc(UUID release);

    @Query("select max(r.id.round) from ScopeRound r where r.id.release = :release")
    Optional<Integer> lastNumber(UUID release);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from ScopeRound r where r.id = :id")
    Optional<ScopeRound> lock(ScopeRound.Id id);
}
