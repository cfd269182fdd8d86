package io.slipway.quality;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface GateWaiverRepository extends JpaRepository<GateWaiver, Long> {

    Optional<GateWaiver> findFirstByGateOrderBySeqDesc(GateId gate);
}
