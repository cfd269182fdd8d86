package io.slipway.quality;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface GateEvaluationRepository extends JpaRepository<GateEvaluation, Long> {

    Optional<GateEvaluation> findFirstByGateOrderBySeqDesc(GateId gate);
}
