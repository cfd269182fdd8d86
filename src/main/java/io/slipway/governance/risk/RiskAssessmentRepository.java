package io.slipway.governance.risk;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface RiskAssessmentRepository extends Repository<RiskAssessment, Long> {

    RiskAssessment saveAndFlush(RiskAssessment assessment);

    Optional<RiskAssessment> findFirstByReleaseIdOrderByIdDesc(UUID release);
}
