package io.slipway.governance.approvals;

import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.ScopeFacts;
import io.slipway.release.StandardChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** What the decision names instead of a group where the template of a standard change authorises the release. */
    static final String STANDARD_CHANGE = "standard-change";

    private final PinnedDecisions decisions;
    private final Risks risks;
    private final ObjectProvider<ScopeFacts> scope;
    private final ObjectProvider<StandardChanges> standards;
    private final ObjectProvider<Releases> releases;

    Requirements(
            PinnedDecisions decisions,
            Risks risks,
            ObjectProvider<ScopeFacts> scope,
            ObjectProvider<StandardChanges> standards,
            ObjectProvider<Releases> releases) {
        this.decisions = decisions;
        this.risks = risks;
        this.scope = scope;
        this.standards = standards;
        this.releases = releases;
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
        return answer(release, decisions::evaluate);
    }

    /**
     * What the decision would say now, for whoever compares it with what was approved; nothing is written to the history of decisions.
     *
     * @throws Refused when no rule matches or a rule names an unknown group
     */
    Answer look(Release release) {
        return answer(release, decisions::look);
    }

    /** A way to ask a decision: of a release, by its key, about facts. */
    private interface Asking {
        PinnedDecisions.Answer ask(String release, String decision, Map<String, Object> facts);
    }

    private Answer answer(Release release, Asking asking) {
        Optional<ReleaseClass> releaseClass = release.releaseClass();
        RiskLevel risk = risks.standing(release).map(RiskStanding::level).orElse(RiskLevel.HIGH);
        Optional<Boolean> migratesData = migratesData(release);
        Map<String, Object> facts = new LinkedHashMap<>();
        releaseClass.ifPresent(known -> facts.put("releaseClass", known.name()));
        facts.put("riskLevel", risk.name());
        migratesData.ifPresent(known -> facts.put("dataMigration", known));
        standardChange(release).ifPresent(claim -> facts.put("standardChange", true));
        PinnedDecisions.Answer answer = asking.ask(release.key(), DECISION, facts);
        Set<String> groups = new TreeSet<>(answer.texts());
        if (groups.isEmpty()) {
            throw new Refused("Version " + answer.version() + " of the decision '" + DECISION
                    + "' names no group that must approve " + release.key()
                    + "; a process owner adds a rule that does.");
        }
        groups.stream()
                .filter(group -> !group.equals(STANDARD_CHANGE))
                .filter(group -> Role.ofGroup(group).isEmpty())
                .findFirst()
                .ifPresent(group -> {
                    throw new Refused("Version " + answer.version() + " of the decision '" + DECISION
                            + "' names the group '" + group + "', which does not exist.");
                });
        if (groups.contains(STANDARD_CHANGE) && standardChange(release).isEmpty()) {
            throw new Refused("Version " + answer.version() + " of the decision '" + DECISION + "' takes "
                    + release.key() + " for a standard change, and it is made from no template that holds.");
        }
        return new Answer(
                groups, new ApprovalRound.Grounds(releaseClass, risk, migratesData, DECISION + ":" + answer.version()));
    }

    /** The template of a standard change that authorises a release by rule now; empty when none does. */
    Optional<StandardChanges.Claim> standardChange(Release release) {
        return claim(release).filter(claim -> claim.holds() && apart(release, claim));
    }

    /** Why the template that a release is made from does not authorise it, one sentence each. */
    List<String> standardChangeFailures(Release release) {
        return claim(release)
                .map(claim -> {
                    List<String> failures = new ArrayList<>(claim.failures());
                    if (!apart(release, claim)) {
                        failures.add("Somebody who approved the standard change " + claim.template()
                                + " requested, authored or deploys the release.");
                    }
                    return failures;
                })
                .orElse(new ArrayList<>());
    }

    /** Opaque ids of those who approved the template that a release is made from. */
    List<String> approvedOnce(Release release) {
        return claim(release).map(StandardChanges.Claim::approvedBy).orElse(List.of());
    }

    private Optional<StandardChanges.Claim> claim(Release release) {
        return standards.stream().findFirst().flatMap(changes -> changes.claim(release));
    }

    /** Nobody approves what is their own, not even once for all. */
    private boolean apart(Release release, StandardChanges.Claim claim) {
        Set<String> own = new TreeSet<>();
        own.add(release.requestedBy());
        releases.stream().forEach(known -> List.of(Part.REQUESTER, Part.AUTHOR, Part.DEPLOYER)
                .forEach(part -> own.addAll(known.involved(release.id(), part))));
        return claim.approvedBy().stream().noneMatch(own::contains);
    }

    /** Whether data is migrated; empty while the scope does not tell, which the decision takes for yes. */
    Optional<Boolean> migratesData(Release release) {
        return scope.stream().findFirst().flatMap(facts -> facts.migratesData(release));
    }
}
