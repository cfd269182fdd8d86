package io.slipway.schedule.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Refused;
import io.slipway.schedule.waves.Waves;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Regions of a system, in the order in which its releases reach them. */
@RestController
class RegionApi {

    private final Waves waves;

    RegionApi(Waves waves) {
        this.waves = waves;
    }

    /** A region. */
    record RegionJson(@Nullable String name, @Nullable String zone) {

        Waves.Region read() {
            String place = IncidentEntry.said(zone).orElse("");
            if (!ZoneId.getAvailableZoneIds().contains(place)) {
                throw new Refused("zone", "Please name an IANA zone such as Europe/Zurich.");
            }
            return new Waves.Region(IncidentEntry.said(name).orElse(""), ZoneId.of(place));
        }
    }

    /** The regions of a system. */
    record RegionsJson(@Nullable List<RegionJson> regions) {}

    /** Regions of a system; none for most. */
    @GetMapping("/api/v1/regions/{system}")
    RegionsJson regions(@PathVariable String system) {
        return new RegionsJson(waves.regions(system).stream()
                .map(region -> new RegionJson(region.name(), region.zone().getId()))
                .toList());
    }

    /** Says which regions a system has; windows that are planned already keep their waves. */
    @PutMapping("/api/v1/regions/{system}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void describe(@PathVariable String system, @RequestBody RegionsJson entry, Viewer viewer) {
        waves.requireKeeper(viewer.person());
        List<RegionJson> regions = entry.regions();
        if (regions == null) {
            throw new Refused("regions", "'regions' is missing; an empty list says that there are none.");
        }
        waves.describe(
                viewer.person(), system, regions.stream().map(RegionJson::read).toList());
    }
}
