package io.slipway.schedule.waves;

import io.slipway.schedule.TimeSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The turn of a region.
 *
 * @param round round of the window
 * @param position from 0
 * @param region its name
 * @param zone where people there read the time
 * @param span its local window
 * @param finding what the calendars said about it; empty when nothing
 * @param handedBy person who handed over; empty before
 * @param note what the region has to know
 * @param acknowledgedBy person who took over; empty before
 * @param acknowledgedAt when
 */
public record Wave(
        int round,
        int position,
        String region,
        ZoneId zone,
        TimeSpan span,
        String finding,
        Optional<String> handedBy,
        Optional<String> note,
        Optional<String> acknowledgedBy,
        Optional<Instant> acknowledgedAt) {

    /** Its window as people there read it. */
    public String site() {
        return TimeSpan.readable(span.start(), zone) + " to " + TimeSpan.readable(span.end(), zone);
    }

    /** How far it is, in the words that people read. */
    public String state() {
        if (acknowledgedBy.isPresent()) {
            return "Taken over";
        }
        return handedBy.isPresent() ? "Handed over" : "Not yet";
    }
}
