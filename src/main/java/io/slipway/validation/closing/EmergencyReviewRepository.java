package io.slipway.validation.closing;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface EmergencyReviewRepository extends Repository<EmergencyReview, UUID> {

    EmergencyReview saveAndFlush(EmergencyReview added);

    Optional<EmergencyReview> findById(UUID release);
}
