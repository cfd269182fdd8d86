package io.slipway.schedule.web;

import io.slipway.integration.incidents.Incident;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdown;
import io.slipway.schedule.lockdowns.Lockdowns;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The register of incidents for programs, such as a monitoring system or a service desk's. */
@RestController
class IncidentApi {

    private final Incidents incidents;
    private final Lockdowns lockdowns;
    private final Clock clock;

    IncidentApi(Incidents incidents, Lockdowns lockdowns, Clock clock) {
        this.lockdowns = lockdowns;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** An incident. */
    record IncidentJson(
            String key,
            String system,
            @Nullable String environment,
            String priority,
            String title,
            Instant openedAt,
            @Nullable Instant resolvedAt,
            @Nullable String causedByRelease) {

        static IncidentJson of(Incident incident) {
            return new IncidentJson(
                    incident.key(),
                    incident.system(),
                    incident.environment().orElse(null),
                    incident.priority().name(),
                    incident.title(),
                    incident.openedAt(),
                    incident.resolvedAt().orElse(null),
                    incident.causedByRelease().orElse(null));
        }
    }

    /** That an incident is over; now unless told, and the release that brought it, if one did. */
    record Resolution(
            @Nullable Instant resolvedAt, @Nullable String causedByRelease) {}

    /** All incidents, the newest first. */
    @GetMapping("/api/v1/incidents")
    Paging<IncidentJson> incidents(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(incidents.list(PageRequest.of(Paging.page(page), Paging.size(size))), IncidentJson::of);
    }

    /** Enters an incident; the key makes a repetition harmless. */
    @PostMapping("/api/v1/incidents")
    ResponseEntity<IncidentJson> open(@RequestBody IncidentEntry entry, Viewer viewer) {
        incidents.requireWorker(viewer.person());
        IncidentJson opened = IncidentJson.of(incidents.open(viewer.person(), entry.read(clock)));
        return ResponseEntity.created(URI.create("/api/v1/incidents")).body(opened);
    }

    /** Says that an incident is over. */
    @PostMapping("/api/v1/incidents/{incident}/resolve")
    IncidentJson resolve(@PathVariable String incident, @RequestBody Resolution resolution, Viewer viewer) {
        return IncidentJson.of(incidents.resolve(
                viewer.person(),
                incident,
                Optional.ofNullable(resolution.resolvedAt()),
                IncidentEntry.said(resolution.causedByRelease())));
    }

    /** A lockdown. */
    record LockdownJson(
            String key,
            @Nullable String system,
            String state,
            String reason,
            Instant proposedAt,
            @Nullable Instant enforcedAt,
            @Nullable Instant endedAt) {

        static LockdownJson of(Lockdown lockdown) {
            return new LockdownJson(
                    lockdown.key(),
                    lockdown.system().orElse(null),
                    lockdown.state().name(),
                    lockdown.reason(),
                    lockdown.proposedAt(),
                    lockdown.enforcedAt().orElse(null),
                    lockdown.endedAt().orElse(null));
        }
    }

    /** A lockdown as it is proposed; without a system it holds for all. */
    record Proposal(@Nullable String system, @Nullable String reason) {}

    /** All lockdowns, the latest first. */
    @GetMapping("/api/v1/lockdowns")
    Paging<LockdownJson> lockdowns(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(lockdowns.list(PageRequest.of(Paging.page(page), Paging.size(size))), LockdownJson::of);
    }

    /** Proposes a lockdown; somebody else decides on it. */
    @PostMapping("/api/v1/lockdowns")
    ResponseEntity<LockdownJson> propose(@RequestBody Proposal proposal, Viewer viewer) {
        Lockdown proposed = lockdowns.propose(
                viewer.person(),
                IncidentEntry.said(proposal.system()),
                Optional.ofNullable(proposal.reason()).orElse(""));
        return ResponseEntity.created(URI.create("/api/v1/lockdowns")).body(LockdownJson.of(proposed));
    }
}
