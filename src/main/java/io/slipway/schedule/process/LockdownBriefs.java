package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdown;
import io.slipway.schedule.lockdowns.Lockdowns;

/** What is read before a lockdown is decided on or lifted. */
final class LockdownBriefs {

    private LockdownBriefs() {}

    /** A release in flight. */
    record Row(String release, String state, String window) {}

    /** An open incident. */
    record Open(String key, String priority, String title) {}

    static Brief of(String heading, Lockdown lockdown, Lockdowns lockdowns, Incidents incidents) {
        return Brief.of(heading)
                .fact("Lockdown of", lockdown.scope())
                .fact("State", lockdown.state().label())
                .fact("Because", lockdown.reason())
                .fact("Proposed", lockdown.proposedAt())
                .table(
                        "inFlight",
                        lockdowns.held(lockdown).stream()
                                .map(held -> new Row(
                                        held.release(),
                                        held.state(),
                                        held.window()
                                                .map(span -> Brief.moment(span.start()))
                                                .orElse("Not planned")))
                                .toList())
                .table(
                        "incidents",
                        incidents.unresolved().stream()
                                .filter(incident -> lockdown.system().isEmpty()
                                        || lockdown.system()
                                                .filter(incident.system()::equals)
                                                .isPresent())
                                .limit(50)
                                .map(incident -> new Open(
                                        incident.key(), incident.priority().name(), incident.title()))
                                .toList());
    }
}
