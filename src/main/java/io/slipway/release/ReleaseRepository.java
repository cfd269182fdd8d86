package io.slipway.release;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ReleaseRepository extends JpaRepository<Release, UUID>, JpaSpecificationExecutor<Release> {

    Optional<Release> findByKey(String key);

    Optional<Release> findByProcessInstanceId(String instance);

    /** The first release whose key lies in a range, by the order of characters. */
    Optional<Release> findFirstByKeyGreaterThanEqualAndKeyLessThan(String from, String until);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from Release r where r.id = :id")
    Optional<Release> lock(UUID id);

    boolean existsBySystem(String system);
}
