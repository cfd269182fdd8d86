package io.slipway.schedule.incidents;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.integration.incidents.IncidentRegisterRefused;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Enters incidents in the register and says when they are over, for those who work on them. */
@Service
public class Incidents {

    /** Clocks of those who report differ a little. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final IncidentRegister register;
    private final Landscape landscape;
    private final Permissions permissions;
    private final Releases releases;
    private final AuditTrail audit;
    private final ApplicationEventPublisher changes;
    private final Clock clock;

    Incidents(
            IncidentRegister register,
            Landscape landscape,
            Permissions permissions,
            @Lazy Releases releases,
            AuditTrail audit,
            ApplicationEventPublisher changes,
            Clock clock) {
        this.register = register;
        this.landscape = landscape;
        this.permissions = permissions;
        this.releases = releases;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** Lets those pass who work on incidents. */
    public void requireWorker(String person) {
        permissions.require(person, Role.INCIDENT_MANAGER, Role.OPERATIONS, Role.SERVICE_DESK);
    }

    /** Whether a person works on incidents. */
    public boolean mayWork(String person) {
        return permissions.has(person, Role.INCIDENT_MANAGER, Role.OPERATIONS, Role.SERVICE_DESK);
    }

    /**
     * Enters an incident; entering it again changes nothing.
     *
     * @throws Refused when the content is not accepted, or it begins in the future
     * @throws NotFound when there is no such system or environment
     */
    @Transactional
    public Incident open(String person, NewIncident entered) {
        requireWorker(person);
        if (entered.openedAt().isAfter(clock.instant().plus(AHEAD))) {
            throw new Refused("openedAt", "An incident has begun when it is entered; please give an earlier moment.");
        }
        landscape.system(entered.system());
        entered.environment().ifPresent(environment -> landscape.environment(entered.system(), environment));
        requireRelease(entered.causedByRelease());
        Optional<Incident> before = register.find(entered.key());
        Incident opened;
        try {
            opened = register.open(entered);
        } catch (IncidentRegisterRefused refused) {
            throw told(refused);
        }
        if (before.isEmpty()) {
            record("schedule.openIncident", opened, Map.of());
            changes.publishEvent(new IncidentsChanged(opened.system()));
        }
        return opened;
    }

    /**
     * Says that an incident is over.
     *
     * @param causedByRelease key of the release that brought it, if one did
     * @throws Refused when it would end before it began
     * @throws NotFound when there is no such incident
     */
    @Transactional
    public Incident resolve(String person, String key, Optional<Instant> at, Optional<String> causedByRelease) {
        requireWorker(person);
        requireRelease(causedByRelease);
        Incident before = register.find(key).orElseThrow(() -> new NotFound("incident", key));
        Instant moment = at.orElseGet(clock::instant);
        if (moment.isAfter(clock.instant().plus(AHEAD))) {
            throw new Refused("resolvedAt", "An incident is over when that is entered; please give an earlier moment.");
        }
        Incident resolved;
        try {
            resolved = register.resolve(key, moment, causedByRelease);
        } catch (IncidentRegisterRefused refused) {
            throw told(refused);
        }
        if (before.unresolved()) {
            record("schedule.resolveIncident", resolved, facts(before));
            changes.publishEvent(new IncidentsChanged(resolved.system()));
        }
        return resolved;
    }

    /** An incident that a release brought counts against it, so the release must be there. */
    private void requireRelease(Optional<String> key) {
        key.filter(named -> releases.find(named).isEmpty()).ifPresent(unknown -> {
            throw new Refused("causedByRelease", "There is no release '" + unknown + "'.");
        });
    }

    private static Refused told(IncidentRegisterRefused refused) {
        return new Refused(refused.field(), String.valueOf(refused.getMessage()));
    }

    /** Incidents that are not over, the worst first. */
    public List<Incident> unresolved() {
        return register.unresolved();
    }

    /** All incidents, the newest first. */
    public Page<Incident> list(Pageable page) {
        IncidentRegister.Extract found = register.latest(page.getPageNumber(), page.getPageSize());
        return new PageImpl<>(found.incidents(), page, found.count());
    }

    /** What disturbed a system in a stretch of time, the newest first. */
    public List<Incident> between(String system, Instant from, Instant until) {
        return register.between(system, from, until, IncidentRegister.MOST);
    }

    private void record(String action, Incident incident, Map<String, ?> before) {
        audit.record(new AuditTrail.Entry(Optional.empty(), action, incident.key(), before, facts(incident)));
    }

    private static Map<String, Object> facts(Incident incident) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("system", incident.system());
        incident.environment().ifPresent(environment -> facts.put("environment", environment));
        facts.put("priority", incident.priority().name());
        facts.put("title", incident.title());
        facts.put("openedAt", incident.openedAt().toString());
        incident.resolvedAt().ifPresent(moment -> facts.put("resolvedAt", moment.toString()));
        incident.causedByRelease().ifPresent(release -> facts.put("causedByRelease", release));
        return facts;
    }
}
