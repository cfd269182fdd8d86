package io.slipway.governance.risk;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import org.springframework.stereotype.Component;

/**
 * Whoever approves signs the risk too: the answers, and the level as it counts now. A risk that rose since, because of what a phase or a
 * person knows, is another content, so that approvals of the lower one are void; one that fell keeps the level that was assessed.
 */
@Component
class RiskPart implements ApprovalPart {

    private final Risks risks;

    RiskPart(Risks risks) {
        this.risks = risks;
    }

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public Content content(Release release) {
        RiskAssessment assessment = risks.latest(release)
                .orElseThrow(() -> new Refused("The risk of " + release.key()
                        + " is not assessed yet; a release manager answers the risk form first."));
        RiskLevel level = risks.standing(release).map(RiskStanding::level).orElse(RiskLevel.HIGH);
        return new Content(level.label() + " risk", new Facts(assessment.answers(), level, assessment.assessedBy()));
    }

    private record Facts(RiskAnswers answers, RiskLevel level, String assessedBy) {}
}
