package io.slipway.scope;

import io.slipway.release.Release;
import io.slipway.release.ScopeFacts;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers other phases from the frozen scope, as it was checked against its digest; before that nobody knows. */
@Component
class FrozenScopeFacts implements ScopeFacts {

    private final Scopes scopes;

    FrozenScopeFacts(Scopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public Optional<Boolean> migratesData(Release release) {
        return scopes.latest(release)
                .filter(round -> round.state() == ScopeRound.State.FROZEN)
                .map(round -> scopes.frozen(release))
                .map(round -> scopes.items(release).stream().anyMatch(item -> item.included() && item.dataMigration()));
    }
}
