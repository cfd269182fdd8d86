package io.slipway.release.web;

import io.slipway.platform.web.Zones;
import io.slipway.release.EnvironmentSites;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** A page of a release is about the place where its system is used. */
@Component
class SiteZones implements Zones {

    private static final Pattern RELEASE = Pattern.compile("/releases/([^/]{1,128})(?:/.*)?");

    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private final EnvironmentSites sites;
    private final Clock clock;

    /** Every page of a release asks; where its system is used hardly ever changes. Another node may say it within a minute. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<ZoneId> zone, Instant until, int descriptions) {}

    SiteZones(EnvironmentSites sites, Clock clock) {
        this.sites = sites;
        this.clock = clock;
    }

    @Override
    public Optional<ZoneId> ofSite(HttpServletRequest request) {
        Matcher release = RELEASE.matcher(request.getRequestURI());
        return release.matches() ? ofRelease(release.group(1)) : Optional.empty();
    }

    private Optional<ZoneId> ofRelease(String key) {
        Instant now = clock.instant();
        int descriptions = sites.descriptions();
        Known kept = known.get(key);
        if (kept == null || kept.descriptions() != descriptions || !now.isBefore(kept.until())) {
            if (known.size() >= MOST) {
                known.clear();
            }
            kept = new Known(sites.productionZone(key), now.plus(KEPT), descriptions);
            known.put(key, kept);
        }
        return kept.zone();
    }
}
