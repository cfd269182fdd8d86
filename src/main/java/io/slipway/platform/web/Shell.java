package io.slipway.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the frame of a page shows; asked for only by pages that have one, so that the API pays nothing for it. */
public final class Shell {

    private final HttpServletRequest request;
    private final Viewers viewers;
    private final List<Navigation> navigation;

    Shell(HttpServletRequest request, Viewers viewers, List<Navigation> navigation) {
        this.request = request;
        this.viewers = viewers;
        this.navigation = navigation;
    }

    /** Who reads; null before anybody signed in. */
    public @Nullable Viewer viewer() {
        return viewers.of(request).orElse(null);
    }

    /** Where the reader can go, from left to right. */
    public List<Navigation.Place> places() {
        Viewer viewer = viewer();
        if (viewer == null) {
            return List.of();
        }
        return navigation.stream()
                .flatMap(part -> part.places(viewer).stream())
                .sorted(Comparator.comparingInt(Navigation.Place::order))
                .toList();
    }

    /** Whether the page that is shown belongs to a place. */
    public boolean at(Navigation.Place place) {
        String path = request.getRequestURI();
        return path.equals(place.address()) || path.startsWith(place.address() + "/");
    }
}
