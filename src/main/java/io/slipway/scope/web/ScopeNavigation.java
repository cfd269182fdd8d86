package io.slipway.scope.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import java.util.List;
import org.springframework.stereotype.Component;

/** The places of the scope, for everybody who may see releases. */
@Component
class ScopeNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        return reader.readsAll() || !reader.systems().isEmpty()
                ? List.of(new Place(150, "Standard changes", "/standard-changes"))
                : List.of();
    }
}
