package io.slipway.governance.web;

import io.slipway.governance.approvals.ApprovalDecision;
import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.Approvals;
import io.slipway.governance.changes.ChangeTickets;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows on the page of a release its change ticket, its risk, what is approved and who approved it. */
@Component
class GovernancePanel implements ReleasePanel {

    private final ChangeTickets tickets;
    private final Risks risks;
    private final Approvals approvals;
    private final People people;
    private final Permissions permissions;

    GovernancePanel(ChangeTickets tickets, Risks risks, Approvals approvals, People people, Permissions permissions) {
        this.tickets = tickets;
        this.risks = risks;
        this.approvals = approvals;
        this.people = people;
        this.permissions = permissions;
    }

    @Override
    public int order() {
        return 600;
    }

    @Override
    public String fragment() {
        return "governance/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        Map<String, Object> model = new HashMap<>();
        tickets.find(release).ifPresent(ticket -> model.put("governanceTicket", ticket));
        Reader reader = permissions.reader(person);
        risks.standing(release).ifPresent(risk -> {
            model.put("governanceRisk", risk);
            boolean open = !release.state().ended();
            model.put(
                    "governanceMaySetRisk",
                    open && reader.has(release.system(), Role.RELEASE_MANAGER, Role.CHANGE_AUTHORITY));
            model.put("governanceMayLowerRisk", open && reader.has(release.system(), Role.CHANGE_AUTHORITY));
            model.put("governanceLevels", RiskLevel.values());
        });
        model.put("governanceKey", release.key());
        Optional<ApprovalRound> round = approvals.present(release);
        round.ifPresent(present -> {
            model.put("governanceRound", present);
            model.put("governanceApprovals", rows(release, present, approvals.decisions(release)));
        });
        return model;
    }

    private List<Row> rows(Release release, ApprovalRound round, List<ApprovalDecision> decisions) {
        Map<String, ApprovalDecision> byGroup = decisions.stream()
                .collect(Collectors.toMap(ApprovalDecision::group, Function.identity(), (first, second) -> first));
        Map<String, String> names =
                people.names(decisions.stream().map(ApprovalDecision::person).collect(Collectors.toSet()));
        Map<String, String> once = people.names(Set.copyOf(approvals.approvedOnce(release)));
        return round.requirements().stream()
                .map(group -> {
                    ApprovalDecision decision = byGroup.get(group);
                    String reason = decision == null ? "" : decision.reason();
                    for (Map.Entry<String, String> person : once.entrySet()) {
                        reason = reason.replace(person.getKey(), person.getValue());
                    }
                    return new Row(
                            Role.ofGroup(group).map(Role::label).orElse("Standard change"),
                            decision,
                            reason,
                            decision == null ? "" : names.getOrDefault(decision.person(), "By rule"));
                })
                .toList();
    }

    /**
     * A group that must approve.
     *
     * @param group the words that people read
     * @param decision what was decided for it; null until then
     * @param reason why, with the names of people
     * @param who name of the person who decided
     */
    public record Row(String group, @Nullable ApprovalDecision decision, String reason, String who) {}
}
