package io.slipway.governance.approvals;

import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.Role;
import io.slipway.release.ScopeFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the pinned decision which groups must approve, from records: what the process carries in its variables is not believed. */
@Component
class Requirements {

    static final String DECISION = "approval-requirements";

    private final PinnedDecisions decisions;
    private final Risks risks;
    private final ObjectProvider<ScopeFacts> scope;

    Requirements(PinnedDecisions decisions, Risks risks, ObjectProvider<ScopeFacts> scope) {
        this.decisions = decisions;
        this.risks = risks;
        this.scope = scope;
    }

    /**
     * Groups that must approve, and from what that follows.
     *
     * @param groups never empty
     */
    record Answer(Set<String> groups, ApprovalRound.Grounds grounds) {}

    /**
     * Asks the decision.
     *
     * @throws Refused when no rule matches or a rule names an unknown group: a change that nobody must approve may not go live
     */
    Answer of(Release release) {
        Optional<ReleaseClass> releaseClass = release.releaseClass();
        RiskLevel risk = risks.standing(release).map(RiskStanding::level).orElse(RiskLevel.HIGH);
        Optional<Boolean> migratesData = migratesData(release);
        Map<String, Object> facts = new LinkedHashMap<>();
        releaseClass.ifPresent(known -> facts.put("releaseClass", known.name()));
        facts.put("riskLevel", risk.name());
        migratesData.ifPresent(known -> facts.put("dataMigration", known));
        PinnedDecisions.Answer answer = decisions.evaluate(release.key(), DECISION, facts);
        Set<String> groups = new TreeSet<>(answer.texts());
        if (groups.isEmpty()) {
            throw new Refused("Version " + answer.version() + " of the decision '" + DECISION
                    + "' names no group that must approve " + release.key()
                    + "; a process owner adds a rule that does.");
        }
        groups.stream()
                .filter(group -> Role.ofGroup(group).isEmpty())
                .findFirst()
                .ifPresent(group -> {
                    throw new Refused("Version " + answer.version() + " of the decision '" + DECISION
                            + "' names the group '" + group + "', which does not exist.");
                });
        return new Answer(
                groups, new ApprovalRound.Grounds(releaseClass, risk, migratesData, DECISION + ":" + answer.version()));
    }

    /** Whether data is migrated; empty while the scope does not tell, which the decision takes for yes. */
    Optional<Boolean> migratesData(Release release) {
        return scope.stream().findFirst().flatMap(facts -> facts.migratesData(release));
    }
}
