package io.slipway.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the frame of a page shows; asked for only by pages that have one, so that the API pays nothing for it. */
public final class Shell {

    /** Places that stand beside each other on a desk. */
    private static final int ROOM = 6;

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

    /** Where the reader can go at once, from left to right; what does not find room stands in {@link #more}. */
    public List<Navigation.Place> places() {
        List<Navigation.Place> all = all();
        return all.size() <= ROOM ? all : all.subList(0, ROOM - 1);
    }

    /** The other places; empty where all find room. */
    public List<Navigation.Place> more() {
        List<Navigation.Place> all = all();
        return all.size() <= ROOM ? List.of() : all.subList(ROOM - 1, all.size());
    }

    /** What stands on the menu of the other places: the one that is shown, or that there are more. */
    public String moreLabel() {
        return more().stream()
                .filter(this::at)
                .map(Navigation.Place::label)
                .findFirst()
                .orElse("More");
    }

    private List<Navigation.Place> all() {
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
        return Stream.concat(Stream.of(place.address()), place.besides().stream())
                .anyMatch(address -> path.equals(address) || path.startsWith(address + "/"));
    }
}
