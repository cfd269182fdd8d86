package io.slipway.validation.closing;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ReleaseClosureRepository extends Repository<ReleaseClosure, UUID> {

    ReleaseClosure saveAndFlush(ReleaseClosure added);

    Optional<ReleaseClosure> findById(UUID release);
}
