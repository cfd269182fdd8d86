package io.slipway.governance.approvals;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Adds and reads rounds; nothing of one is changed. */
interface ApprovalRoundRepository extends Repository<ApprovalRound, UUID> {

    ApprovalRound saveAndFlush(ApprovalRound round);

    Optional<ApprovalRound> findFirstByReleaseIdOrderByNumberDesc(UUID release);
}
