package io.slipway.release.web;

import io.slipway.platform.web.EngineLinks;
import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The places that the roles of a release organisation lead to. */
@Component
class ReleaseNavigation implements Navigation {

    private final EngineLinks links;

    ReleaseNavigation(EngineLinks links) {
        this.links = links;
    }

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        List<Place> places = new ArrayList<>();
        if (reader.readsAll() || !reader.systems().isEmpty()) {
            places.add(new Place(100, "Releases", "/releases"));
        }
        if (reader.has(
                Role.RELEASE_MANAGER,
                Role.PRODUCT_OWNER,
                Role.DEVELOPER,
                Role.QA,
                Role.SECURITY,
                Role.DBA,
                Role.OPERATIONS,
                Role.DEPLOYER,
                Role.CHANGE_AUTHORITY,
                Role.CAB_MEMBER,
                Role.INCIDENT_MANAGER,
                Role.SERVICE_DESK,
                Role.PROCESS_OWNER)) {
            places.add(new Place(200, "My tasks", links.tasklist()));
        }
        if (reader.has(
                Role.OPERATIONS, Role.RELEASE_MANAGER, Role.DEPLOYER, Role.INCIDENT_MANAGER, Role.PROCESS_OWNER)) {
            places.add(new Place(300, "Operations", links.cockpit()));
        }
        if (reader.has(Role.PROCESS_OWNER, Role.AUDITOR)) {
            places.add(new Place(400, "Models", "/models"));
        }
        if (reader.has(Role.ADMIN)) {
            places.add(new Place(500, "People", links.admin()));
        }
        return places;
    }
}
