package io.slipway.schedule.web;

import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import java.util.List;
import org.springframework.stereotype.Component;

/** The places of the schedule, for everybody who may see releases. */
@Component
class ScheduleNavigation implements Navigation {

    @Override
    public List<Place> places(Viewer viewer) {
        Reader reader = new Reader(viewer.person(), viewer.groups());
        return reader.readsAll() || !reader.systems().isEmpty()
                ? List.of(
                        new Place(140, "Calendar", "/calendar"),
                        new Place(150, "Bookings", "/bookings"),
                        new Place(155, "Roster", "/roster"),
                        new Place(160, "Incidents", "/incidents"))
                : List.of();
    }
}
