package io.slipway.scope.web;

import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.scope.Assumptions;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import io.slipway.scope.SuccessMetrics;
import io.slipway.scope.TradeOffs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the page of a scope shows besides the items. */
@Component
class ScopeDetails {

    private final Scopes scopes;
    private final TradeOffs tradeOffs;
    private final Assumptions assumptions;
    private final SuccessMetrics metrics;
    private final Permissions permissions;
    private final People people;

    ScopeDetails(Scopes scopes, TradeOffs tradeOffs, Assumptions assumptions, SuccessMetrics metrics, Permissions permissions, People people) {
        this.assumptions = assumptions;
        this.metrics = metrics;
        this.scopes = scopes;
        this.tradeOffs = tradeOffs;
        this.permissions = permissions;
        this.people = people;
    }

    Map<String, Object> model(Release release, String person) {
        List<TradeOffs.Standing> negotiations = tradeOffs.of(release);
        boolean decides = permissions.reader(person).has(release.system(), Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        boolean proposed = scopes.latest(release)
                .filter(round -> round.state() == ScopeRound.State.PROPOSED)
                .isPresent();
        Set<String> ids = new HashSet<>();
        negotiations.forEach(negotiation -> {
            ids.addAll(negotiation.owners());
            negotiation.answers().forEach(answer -> {
                ids.add(answer.person());
                ids.add(answer.owner());
            });
            if (negotiation.decidedBy() != null) {
                ids.add(negotiation.decidedBy());
            }
            if (negotiation.openedBy() != null) {
                ids.add(negotiation.openedBy());
            }
        });
        List<Assumptions.Assumption> assumed = assumptions.of(release);
        assumed.forEach(assumption -> ids.add(assumption.owner()));
        ids.remove(TradeOffs.ANY_OWNER);
        Map<String, String> names = new HashMap<>(people.names(ids));
        names.put(TradeOffs.ANY_OWNER, "any product owner");
        Map<String, Object> model = new HashMap<>();
        model.put("tradeOffs", negotiations);
        model.put("tradeOffNames", names);
        model.put("assumptions", assumed);
        model.put("assumptionOpens", release.endedAt().isEmpty()
                && permissions
                        .reader(person)
                        .has(release.system(), Role.PRODUCT_OWNER, Role.RELEASE_MANAGER, Role.DEVELOPER));
        model.put("successMetrics", metrics.of(release));
        model.put("metricVerdicts", metrics.verdicts(release));
        model.put("metricOpens", decides && release.state().ordinal() < ReleaseState.APPROVED.ordinal());
        model.put("metricOrigins", SuccessMetrics.Origin.values());
        model.put(
                "tradeOffOpens",
                decides && proposed && !release.onHold() && negotiations.stream().noneMatch(TradeOffs.Standing::open));
        return model;
    }
}
