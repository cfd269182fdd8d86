package io.slipway.schedule;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ReleaseWindowRepository extends JpaRepository<ReleaseWindow, ReleaseWindow.Id> {

    Optional<ReleaseWindow> findFirstByIdReleaseOrderByIdRoundDesc(UUID release);

    List<ReleaseWindow> findByIdReleaseOrderByIdRoundDesc(UUID release);
}
