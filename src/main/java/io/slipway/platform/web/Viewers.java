package io.slipway.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out who reads, in one statement and once for a request. */
@Component
class Viewers {

    private static final String KNOWN = Viewers.class.getName() + ".viewer";

    private static final String ZONE = Viewers.class.getName() + ".zone";

    private final JdbcClient jdbc;

    Viewers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who sent this request; empty before anybody signed in. */
    Optional<Viewer> of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Optional.empty();
        }
        if (request.getAttribute(KNOWN) instanceof Viewer known
                && known.person().equals(principal.getName())) {
            return Optional.of(known);
        }
        Viewer viewer = read(principal.getName(), request);
        request.setAttribute(KNOWN, viewer);
        return Optional.of(viewer);
    }

    /** The zone that the reader chose; it comes with who the reader is. */
    Optional<ZoneId> zoneOf(HttpServletRequest request) {
        return of(request).isPresent() && request.getAttribute(ZONE) instanceof ZoneId zone
                ? Optional.of(zone)
                : Optional.empty();
    }

    private Viewer read(String person, HttpServletRequest request) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        jdbc.sql("""
                        select u.FIRST_, u.LAST_, m.GROUP_ID_, z.zone_name from ACT_ID_USER u
                        left join ACT_ID_MEMBERSHIP m on m.USER_ID_ = u.ID_
                        left join mail_zone z on z.person_id = u.ID_ where u.ID_ = ?
                        """).param(person).query(row -> {
            String first = row.getString(1);
            String last = row.getString(2);
            names.add(((first == null ? "" : first) + " " + (last == null ? "" : last)).strip());
            String group = row.getString(3);
            if (group != null) {
                groups.add(group);
            }
            ReaderTimes.zone(row.getString(4)).ifPresent(zone -> request.setAttribute(ZONE, zone));
        });
        String name =
                names.stream().filter(found -> !found.isEmpty()).findFirst().orElse(person);
        return new Viewer(person, name, groups);
    }
}
