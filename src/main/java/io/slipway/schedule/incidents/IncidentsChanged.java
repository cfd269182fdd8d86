package io.slipway.schedule.incidents;

/**
 * An incident of a system was opened or is over; published within the transaction of the change.
 *
 * @param system key of the system
 */
public record IncidentsChanged(String system) {}
