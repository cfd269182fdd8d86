package io.slipway.packaging;

import org.springframework.data.jpa.repository.JpaRepository;

interface SealRepository extends JpaRepository<Seal, PackageRound.Id> {}
