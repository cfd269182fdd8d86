package io.slipway.governance.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where governance can be looked at. */
@Component
class GovernanceNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        List<Place> places = new ArrayList<>();
        if (reader.readsAll() || !reader.systems().isEmpty()) {
            places.add(new Place(145, "Obligations", "/obligations"));
        }
        if (reader.readsAll()) {
            places.add(new Place(410, "Reports", "/reports"));
        }
        if (reader.has(GovernancePaths.CHANGES.toArray(Role[]::new))) {
            places.add(new Place(415, "Changes", "/changes"));
        }
        if (reader.has(GovernancePaths.AUDIT.toArray(Role[]::new))) {
            places.add(new Place(420, "Audit", "/audit"));
            places.add(new Place(440, "Adherence", "/adherence"));
        }
        if (reader.has(GovernancePaths.COMPLIANCE.toArray(Role[]::new))) {
            places.add(new Place(430, "Compliance", "/compliance"));
        }
        if (reader.has(Role.ADMIN)) {
            places.add(new Place(520, "Privacy", "/privacy"));
        }
        if (reader.has(GovernancePaths.ACCESS.toArray(Role[]::new))) {
            places.add(new Place(510, "Access", "/access"));
        }
        return places;
    }
}
