package io.slipway.governance.approvals;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Adds and reads decisions; nothing of one is changed. */
interface ApprovalDecisionRepository extends Repository<ApprovalDecision, Long> {

    ApprovalDecision saveAndFlush(ApprovalDecision decision);

    List<ApprovalDecision> findByRoundIdOrderById(UUID round);
}
