package io.slipway.platform.web;

import io.slipway.platform.process.PersonNames;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the frame of a page shows; asked for only by pages that have one, so that the API pays nothing for it. */
public final class Shell {

    private static final String VIEWER = Shell.class.getName() + ".viewer";

    private final HttpServletRequest request;
    private final PersonNames people;
    private final List<Navigation> navigation;

    Shell(HttpServletRequest request, PersonNames people, List<Navigation> navigation) {
        this.request = request;
        this.people = people;
        this.navigation = navigation;
    }

    /** Who reads; null before anybody signed in. */
    public @Nullable Viewer viewer() {
        return viewer(request, people).orElse(null);
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

    /** Who calls, read once for a request. */
    static Optional<Viewer> viewer(HttpServletRequest request, PersonNames people) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Optional.empty();
        }
        if (request.getAttribute(VIEWER) instanceof Viewer known
                && known.person().equals(principal.getName())) {
            return Optional.of(known);
        }
        PersonNames.Account account = people.account(principal.getName());
        Viewer viewer = new Viewer(account.person(), account.name(), account.groups());
        request.setAttribute(VIEWER, viewer);
        return Optional.of(viewer);
    }
}
