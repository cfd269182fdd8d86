package io.slipway.governance.risk;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import org.springframework.stereotype.Component;

/** Whoever approves signs the assessed risk too. */
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
        return new Content(
                assessment.level().label() + " risk",
                new Facts(assessment.answers(), assessment.level(), assessment.assessedBy()));
    }

    private record Facts(RiskAnswers answers, RiskLevel level, String assessedBy) {}
}
