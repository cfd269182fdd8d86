package io.slipway.schedule;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ReadinessVerdictRepository extends JpaRepository<ReadinessVerdict, ReadinessVerdict.Id> {

    List<ReadinessVerdict> findByIdReleaseAndIdRound(UUID release, int round);
}
