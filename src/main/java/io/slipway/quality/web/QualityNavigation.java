package io.slipway.quality.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import java.util.List;
import org.springframework.stereotype.Component;

/** Leads to the findings of security scans. */
@Component
class QualityNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        return reader.readsAll() || !reader.systems().isEmpty()
                ? List.of(new Place(150, "Findings", "/findings"))
                : List.of();
    }
}
