package io.slipway.release.web;

import io.slipway.platform.web.Zones;
import io.slipway.release.EnvironmentSites;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** A page of a release is about the place where its system is used. */
@Component
class SiteZones implements Zones {

    private static final Pattern RELEASE = Pattern.compile("/releases/([^/]{1,128})(?:/.*)?");

    private final EnvironmentSites sites;

    SiteZones(EnvironmentSites sites) {
        this.sites = sites;
    }

    @Override
    public Optional<ZoneId> ofSite(HttpServletRequest request) {
        Matcher release = RELEASE.matcher(request.getRequestURI());
        return release.matches() ? sites.productionZone(release.group(1)) : Optional.empty();
    }
}
