package io.slipway.integration.incidents;

import io.slipway.platform.data.ListTotal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The register of incidents. */
public interface IncidentRegister {

    /** Most incidents that a list holds; there the newest are told. */
    int MOST = 500;

    /**
     * Enters an incident. Entering it again with the same content changes nothing.
     *
     * @return the incident as it is now
     * @throws IncidentRegisterRefused when the register does not accept the content, or the key has other content
     * @throws IncidentRegisterUnavailable when it cannot be told whether it was entered; repeat the call
     */
    Incident open(NewIncident entered);

    /**
     * Says that an incident is over; of one that is over already nothing changes.
     *
     * @param causedByRelease key of the release that brought it; empty leaves what is known
     * @return the incident as it is now
     * @throws IncidentRegisterRefused when there is no such incident, or it would end before it began
     * @throws IncidentRegisterUnavailable when it cannot be told whether it was written; repeat the call
     */
    Incident resolve(String key, Instant at, Optional<String> causedByRelease);

    /**
     * One incident; empty when there is none with this key.
     *
     * @throws IncidentRegisterUnavailable when the register does not answer; repeat the call
     */
    Optional<Incident> find(String key);

    /**
     * Incidents that are not over, the worst first, and of those the oldest.
     *
     * @throws IncidentRegisterUnavailable when the register does not answer; repeat the call
     */
    List<Incident> unresolved();

    /**
     * Incidents of a system that disturbed it at any time between two moments, the newest first: they began before the end and were
     * not over at the start.
     *
     * @param from first moment
     * @param until first moment after it
     * @param most how many are told at most, 1 to {@value #MOST}
     * @throws IncidentRegisterUnavailable when the register does not answer; repeat the call
     */
    List<Incident> between(String system, Instant from, Instant until, int most);

    /**
     * Incidents that a release brought, the newest first.
     *
     * @throws IncidentRegisterUnavailable when the register does not answer; repeat the call
     */
    List<Incident> causedBy(String release);

    /**
     * Some incidents and how many there are.
     *
     * @param count number of all incidents; a register with many may count no further than {@link ListTotal} says
     */
    record Extract(List<Incident> incidents, long count) {

        /** Copies the list. */
        public Extract {
            incidents = List.copyOf(incidents);
        }
    }

    /**
     * All incidents page by page, the newest first.
     *
     * @param page number of the page, from 0
     * @param size incidents on a full page, 1 to {@value #MOST}
     * @throws IncidentRegisterUnavailable when the register does not answer; repeat the call
     */
    Extract latest(int page, int size);
}
