package io.slipway.packaging;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface HandedInFileRepository extends JpaRepository<HandedInFile, Long> {

    List<HandedInFile> findByRoundOrderByName(PackageRound.Id round);
}
