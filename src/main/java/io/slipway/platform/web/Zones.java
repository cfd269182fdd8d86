package io.slipway.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Optional;

/** Tells about which place a page is. */
public interface Zones {

    /** The zone of the place that a page is about. */
    Optional<ZoneId> ofSite(HttpServletRequest request);
}
