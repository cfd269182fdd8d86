package io.slipway.platform.web;

import io.slipway.platform.time.Moments;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** What every page shows around its own: the menu, the way to the engine's applications, and times as its reader tells them. */
@Component
class PageFrame {

    /** Written by the pages' script; holds the name of the browser's zone and nothing else. */
    private static final String ZONE_COOKIE = "zone";

    private static final String TIMES = "times";

    private final Viewers viewers;
    private final ObjectProvider<Navigation> navigation;
    private final ObjectProvider<Zones> zones;
    private final EngineLinks links;
    private final ZoneId house;
    private final Clock clock;

    PageFrame(
            Viewers viewers,
            ObjectProvider<Navigation> navigation,
            ObjectProvider<Zones> zones,
            EngineLinks links,
            @Value("${slipway.zone:UTC}") ZoneId house,
            Clock clock) {
        this.viewers = viewers;
        this.navigation = navigation;
        this.zones = zones;
        this.links = links;
        this.house = house;
        this.clock = clock;
    }

    /** Puts it into attributes of the request and not into the model, because error pages need it too; once for a request. */
    void put(HttpServletRequest request) {
        if (request.getAttribute(TIMES) != null) {
            return;
        }
        List<Navigation> parts = navigation.orderedStream().toList();
        request.setAttribute("shell", new Shell(request, viewers, parts));
        request.setAttribute("links", links);
        request.setAttribute("house", Moments.name(house));
        request.setAttribute(TIMES, new ReaderTimes(() -> ofReader(request), () -> ofSite(request), clock.instant()));
    }

    /** The zone of the browser; where it names none the one that the person chose, or that of the house. */
    private ZoneId ofReader(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, ZONE_COOKIE);
        return ReaderTimes.zone(cookie == null ? null : cookie.getValue().replace("%2F", "/"))
                .or(() -> viewers.zoneOf(request))
                .orElse(house);
    }

    private Optional<ZoneId> ofSite(HttpServletRequest request) {
        return zones.orderedStream()
                .flatMap(known -> known.ofSite(request).stream())
                .findFirst();
    }
}
