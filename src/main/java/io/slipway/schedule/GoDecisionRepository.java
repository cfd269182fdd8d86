package io.slipway.schedule;

import org.springframework.data.jpa.repository.JpaRepository;

interface GoDecisionRepository extends JpaRepository<GoDecision, ReleaseWindow.Id> {}
