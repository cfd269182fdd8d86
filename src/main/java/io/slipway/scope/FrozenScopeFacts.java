package io.slipway.scope;

import io.slipway.release.Release;
import io.slipway.release.ScopeFacts;
import java.util.List;
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
        return included(release).map(items -> items.stream().anyMatch(ScopeItem::dataMigration));
    }

    @Override
    public Optional<Content> content(Release release) {
        return included(release)
                .map(items -> new Content(items.stream()
                        .map(item -> new Item(
                                item.key(),
                                item.title(),
                                Kind.valueOf(item.kind().name()),
                                item.breaking(),
                                item.component()))
                        .toList()));
    }

    @Override
    public List<String> userVisible(Release release) {
        return included(release).stream()
                .flatMap(List::stream)
                .filter(ScopeItem::userVisible)
                .map(ScopeItem::key)
                .toList();
    }

    private Optional<List<ScopeItem>> included(Release release) {
        return scopes.latest(release)
                .filter(round -> round.state() == ScopeRound.State.FROZEN)
                .map(round -> scopes.frozen(release))
                .map(round -> scopes.items(release).stream()
                        .filter(ScopeItem::included)
                        .toList());
    }
}
