package io.slipway.validation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Adds and reads runs; nothing of one is changed. */
interface SyntheticRunRepository extends Repository<SyntheticRun, Long> {

    SyntheticRun saveAndFlush(SyntheticRun run);

    long countByValidationIdAndPassed(long validation, boolean passed);

    Optional<SyntheticRun> findFirstByValidationIdOrderByIdDesc(long validation);

    List<SyntheticRun> findByValidationIdOrderByIdDesc(long validation, Limit limit);

    List<SyntheticRun> findByReleaseIdOrderByIdDesc(UUID release, Limit limit);
}
