package io.slipway.schedule.web;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.release.Refused;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An incident as it is sent; field by field it may be missing. */
record IncidentEntry(
        @Nullable String key,
        @Nullable String system,
        @Nullable String environment,
        @Nullable String priority,
        @Nullable String title,
        @Nullable Instant openedAt,
        @Nullable String causedByRelease)
        implements Serializable {

    static IncidentEntry empty() {
        return new IncidentEntry("", "", "", "", "", null, "");
    }

    /**
     * Reads it.
     *
     * @param clock says when it began where that is not told
     * @throws Refused when a field is missing or says what is not known
     */
    NewIncident read(Clock clock) {
        return new NewIncident(
                given("key", key),
                given("system", system),
                said(environment),
                priorityOf(given("priority", priority)),
                given("title", title),
                openedAt == null ? clock.instant() : openedAt,
                said(causedByRelease));
    }

    private static Incident.Priority priorityOf(String text) {
        return Arrays.stream(Incident.Priority.values())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused("priority", "The priority is one of P1, P2, P3 and P4."));
    }

    private static String given(String field, @Nullable String text) {
        return said(text).orElseThrow(() -> new Refused(field, "'" + field + "' is missing."));
    }

    static Optional<String> said(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }
}
