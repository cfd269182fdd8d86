package io.slipway.governance.risk;

import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assesses the risk of releases and keeps what was answered. */
@Service
public class Risks {

    private final RiskAssessmentRepository assessments;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Risks(RiskAssessmentRepository assessments, Permissions permissions, AuditTrail audit, Clock clock) {
        this.assessments = assessments;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Records answers and the level that follows from them.
     *
     * @throws Refused when an answer lies outside its bounds, or the person is no release manager
     */
    @Transactional
    public RiskAssessment assess(Release release, RiskAnswers answers, String person) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        bounded("impact", answers.impact());
        bounded("likelihood", answers.likelihood());
        bounded("usersImpact", answers.usersImpact());
        String before = latest(release).map(old -> old.level().name()).orElse("");
        RiskRule.Verdict verdict = RiskRule.of(answers);
        RiskAssessment assessment =
                assessments.saveAndFlush(new RiskAssessment(release.id(), answers, verdict, person, clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "risk.assess",
                release.key(),
                Map.of("level", before),
                Map.of("level", verdict.level().name(), "reasons", verdict.reasons(), "note", answers.note())));
        return assessment;
    }

    /** The assessment that counts; empty until there is one. */
    @Transactional(readOnly = true)
    public Optional<RiskAssessment> latest(Release release) {
        return assessments.findFirstByReleaseIdOrderByIdDesc(release.id().value());
    }

    private static void bounded(String field, Optional<Integer> answer) {
        if (answer.filter(value -> value < 1 || value > 3).isPresent()) {
            throw new Refused(field, "'" + field + "' must be a whole number from 1 to 3.");
        }
    }
}
