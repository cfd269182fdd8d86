package io.slipway.validation.closing;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ClosingEvaluationRepository extends Repository<ClosingEvaluation, Long> {

    ClosingEvaluation saveAndFlush(ClosingEvaluation added);

    Optional<ClosingEvaluation> findFirstByReleaseIdOrderByIdDesc(UUID release);
}
