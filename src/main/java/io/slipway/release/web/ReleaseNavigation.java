package io.slipway.release.web;

import io.slipway.platform.security.Right;
import io.slipway.platform.security.RightsTable;
import io.slipway.platform.web.EngineLinks;
import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The places that the roles of a release organisation lead to. */
@Component
class ReleaseNavigation implements Navigation {

    private final EngineLinks links;
    private final List<RightsTable> tables;

    ReleaseNavigation(EngineLinks links, List<RightsTable> tables) {
        this.links = links;
        this.tables = List.copyOf(tables);
    }

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        Set<Right> rights = rights(viewer);
        List<Place> places = new ArrayList<>();
        if (reader.readsAll() || !reader.systems().isEmpty()) {
            places.add(new Place(100, "Releases", "/releases"));
        }
        if (rights.contains(Right.TASKLIST)) {
            places.add(new Place(110, "My tasks", links.tasklist()));
        }
        if (rights.contains(Right.COCKPIT)) {
            places.add(new Place(120, "Operations", links.cockpit()));
        }
        if (reader.has(Role.PROCESS_OWNER, Role.AUDITOR)) {
            places.add(new Place(400, "Models", "/models"));
        }
        if (rights.contains(Right.MANAGE_IDENTITIES)) {
            places.add(new Place(500, "People", links.admin()));
        }
        return places;
    }

    /** What the reader's groups give, asked of the table and not of the database. */
    Set<Right> rights(Viewer viewer) {
        return tables.stream()
                .flatMap(table -> table.roles().stream())
                .filter(role -> viewer.groups().stream().anyMatch(role::heldBy))
                .flatMap(role -> role.rights().stream())
                .collect(Collectors.toSet());
    }
}
