package io.slipway.communication.web;

import io.slipway.communication.Archive;
import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Leads to one's own mails, and those who read all to the archive. */
@Component
class CommunicationNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        List<Place> places = new ArrayList<>();
        places.add(new Place(610, "My mails", "/outbox"));
        if (reader.has(Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER)) {
            places.add(new Place(615, "Dependencies", "/team-dependencies"));
        }
        if (Archive.readsAll(reader)) {
            places.add(new Place(620, "Communications", "/communications"));
        }
        if (reader.has(Role.RELEASE_MANAGER, Role.ADMIN, Role.AUDITOR)) {
            places.add(new Place(630, "Deputies", "/deputies"));
        }
        return places;
    }
}
