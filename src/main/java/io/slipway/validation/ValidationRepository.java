package io.slipway.validation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ValidationRepository extends Repository<Validation, Long> {

    Validation saveAndFlush(Validation validation);

    Optional<Validation> findFirstByReleaseIdOrderByIdDesc(UUID release);
}
