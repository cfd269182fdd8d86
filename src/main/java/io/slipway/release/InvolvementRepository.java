package io.slipway.release;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface InvolvementRepository extends JpaRepository<Involvement, Involvement.Id> {

    List<Involvement> findByIdRelease(UUID release);
}
