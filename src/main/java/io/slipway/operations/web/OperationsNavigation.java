package io.slipway.operations.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.util.List;
import org.springframework.stereotype.Component;

/** Leads those who look after the program to its page. */
@Component
class OperationsNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups()).has(Role.OPERATIONS, Role.ADMIN)
                ? List.of(new Place(640, "Alarms and nodes", "/operations"))
                : List.of();
    }
}
