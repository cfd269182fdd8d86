package io.slipway.governance.web;

import io.slipway.governance.approvals.ApprovalDecision;
import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.Approvals;
import io.slipway.governance.changes.ChangeTickets;
import io.slipway.governance.risk.Risks;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows on the page of a release its change ticket, its risk, what is approved and who approved it. */
@Component
class GovernancePanel implements ReleasePanel {

    private final ChangeTickets tickets;
    private final Risks risks;
    private final Approvals approvals;

    GovernancePanel(ChangeTickets tickets, Risks risks, Approvals approvals) {
        this.tickets = tickets;
        this.risks = risks;
        this.approvals = approvals;
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
        risks.latest(release).ifPresent(risk -> model.put("governanceRisk", risk));
        Optional<ApprovalRound> round = approvals.present(release);
        round.ifPresent(present -> {
            model.put("governanceRound", present);
            model.put("governanceApprovals", rows(present, approvals.decisions(release)));
        });
        return model;
    }

    private static List<Row> rows(ApprovalRound round, List<ApprovalDecision> decisions) {
        return round.requirements().stream()
                .map(group -> new Row(
                        Role.ofGroup(group).map(Role::label).orElse(group),
                        decisions.stream()
                                .filter(decision -> decision.group().equals(group))
                                .findFirst()))
                .toList();
    }

    /**
     * A group that must approve.
     *
     * @param group the words that people read
     * @param decision what was decided for it; empty until then
     */
    public record Row(String group, Optional<ApprovalDecision> decision) {}
}
