package io.slipway.packaging.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import java.util.List;
import org.springframework.stereotype.Component;

/** Leads to the versions, and from there to the registers of packaging. */
@Component
class PackagingNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        return reader.readsAll() || !reader.systems().isEmpty()
                ? List.of(new Place(
                        160, "Versions", "/versions", List.of("/configuration", "/contracts", "/signing-keys")))
                : List.of();
    }
}
