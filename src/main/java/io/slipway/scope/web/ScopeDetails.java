package io.slipway.scope.web;

import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StandardChanges;
import io.slipway.scope.Assumptions;
import io.slipway.scope.ClassOverrides;
import io.slipway.scope.DriftBook;
import io.slipway.scope.ExitWaivers;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import io.slipway.scope.StandardChangeTemplates;
import io.slipway.scope.SuccessMetrics;
import io.slipway.scope.TradeOffs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the page of a scope shows besides the items. */
@Component
class ScopeDetails {

    private final Scopes scopes;
    private final TradeOffs tradeOffs;
    private final ClassOverrides overrides;
    private final ExitWaivers waivers;
    private final StandardChangeTemplates templates;
    private final DriftBook drift;
    private final Assumptions assumptions;
    private final SuccessMetrics metrics;
    private final Permissions permissions;
    private final People people;

    ScopeDetails(
            Scopes scopes,
            TradeOffs tradeOffs,
            Assumptions assumptions,
            SuccessMetrics metrics,
            Permissions permissions,
            People people,
            ClassOverrides overrides,
            ExitWaivers waivers,
            StandardChangeTemplates templates,
            DriftBook drift) {
        this.overrides = overrides;
        this.waivers = waivers;
        this.templates = templates;
        this.drift = drift;
        this.assumptions = assumptions;
        this.metrics = metrics;
        this.scopes = scopes;
        this.tradeOffs = tradeOffs;
        this.permissions = permissions;
        this.people = people;
    }

    Map<String, Object> model(Release release, String person) {
        List<TradeOffs.Standing> negotiations = tradeOffs.of(release);
        Reader reader = permissions.reader(person);
        boolean decides = reader.has(release.system(), Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
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
        Optional<ClassOverrides.Reclassification> override = overrides.of(release);
        List<ExitWaivers.Waiver> waived = waivers.of(release);
        names.putAll(people.names(Stream.concat(
                        override.stream().flatMap(asked -> Stream.of(asked.askedBy(), asked.confirmedBy())),
                        waived.stream().flatMap(waiver -> Stream.of(waiver.askedBy(), waiver.grantedBy())))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())));
        boolean early =
                ClassOverrides.changeable(release) && release.releaseClass().isPresent();
        model.put("classOverride", override.orElse(null));
        model.put("classCovering", templates.covering(release).orElse(null));
        Optional<StandardChanges.Claim> claim = templates.claim(release);
        model.put("classClaim", claim.orElse(null));
        model.put(
                "classClaimed",
                claim.map(StandardChanges.Claim::approvedBy).map(people::names).orElse(Map.of()).values().stream()
                        .sorted()
                        .collect(Collectors.joining(", ")));
        boolean pending = early && overrides.pending(release).isPresent();
        model.put("classAsks", early && !pending && reader.has(release.system(), Role.RELEASE_MANAGER));
        model.put("classConfirms", pending && reader.has(release.system(), Role.CHANGE_AUTHORITY));
        model.put("exitWaivers", waived);
        model.put("waiverAsks", early && reader.has(release.system(), Role.DEVELOPER, Role.RELEASE_MANAGER));
        model.put("waiverGrants", reader.has(release.system(), Role.QA, Role.CHANGE_AUTHORITY));
        model.put("drift", drift.of(release).orElse(null));
        model.put("assumptions", assumed);
        model.put(
                "assumptionOpens",
                release.endedAt().isEmpty()
                        && reader.has(release.system(), Role.PRODUCT_OWNER, Role.RELEASE_MANAGER, Role.DEVELOPER));
        model.put("successMetrics", metrics.of(release));
        model.put("metricVerdicts", metrics.verdicts(release));
        model.put("metricOpens", decides && SuccessMetrics.changeable(release));
        model.put("metricOrigins", SuccessMetrics.Origin.values());
        model.put(
                "tradeOffOpens",
                decides
                        && proposed
                        && !release.onHold()
                        && negotiations.stream().noneMatch(TradeOffs.Standing::open));
        return model;
    }
}
