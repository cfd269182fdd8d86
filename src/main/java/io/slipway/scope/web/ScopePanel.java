package io.slipway.scope.web;

import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.web.ReleasePanel;
import io.slipway.scope.ExitCriteria;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows what a release contains and why, takes the file of its items, and shows what of its development is finished. */
@Component
class ScopePanel implements ReleasePanel {

    private static final int SIZE = 25;

    private final Scopes scopes;
    private final ExitCriteria criteria;
    private final Permissions permissions;
    private final People people;

    ScopePanel(Scopes scopes, ExitCriteria criteria, Permissions permissions, People people) {
        this.scopes = scopes;
        this.criteria = criteria;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String fragment() {
        return "scope/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return model(release, person, 0);
    }

    Map<String, Object> model(Release release, String person, int page) {
        List<ScopeRound> rounds = scopes.history(release);
        Optional<ScopeRound> latest = rounds.stream().findFirst();
        List<ExitCriteria.Standing> standing =
                release.releaseClass().isPresent() ? criteria.standing(release) : List.of();
        Map<String, Object> model = new HashMap<>();
        model.put("scopeRounds", rounds);
        latest.ifPresent(round -> {
            model.put("scopeRound", round);
            model.put("scopeCapacity", scopes.capacity(round));
        });
        model.put("scopeItems", scopes.items(release, PageRequest.of(page, SIZE)));
        model.put("scopeAddress", "/releases/" + release.key() + "/scope");
        model.put("scopeCriteria", standing);
        model.put("scopeNames", people.names(people(rounds, standing)));
        model.put(
                "scopeSupplies",
                latest.filter(round -> round.state() == ScopeRound.State.SUPPLYING)
                                .isPresent()
                        && !release.onHold()
                        && permissions.reader(person).has(release.system(), Role.PRODUCT_OWNER, Role.RELEASE_MANAGER));
        return model;
    }

    private static List<String> people(List<ScopeRound> rounds, List<ExitCriteria.Standing> standing) {
        return Stream.concat(
                        rounds.stream()
                                .flatMap(round ->
                                        Stream.concat(round.suppliedBy().stream(), round.decidedBy().stream())),
                        standing.stream().flatMap(criterion -> Stream.ofNullable(criterion.person())))
                .collect(Collectors.toList());
    }
}
