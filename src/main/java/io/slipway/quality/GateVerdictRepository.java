package io.slipway.quality;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface GateVerdictRepository extends JpaRepository<GateVerdict, Long> {

    Optional<GateVerdict> findFirstByGateOrderBySeqDesc(GateId gate);
}
