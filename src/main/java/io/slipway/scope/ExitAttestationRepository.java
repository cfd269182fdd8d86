package io.slipway.scope;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ExitAttestationRepository extends JpaRepository<ExitAttestation, ExitAttestation.Id> {

    List<ExitAttestation> findByIdReleaseAndIdRound(UUID release, int round);
}
