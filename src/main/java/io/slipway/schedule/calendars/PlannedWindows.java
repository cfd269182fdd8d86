package io.slipway.schedule.calendars;

import io.slipway.release.Reader;
import io.slipway.schedule.TimeSpan;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Windows of releases, as far as a reader may know of them, for the calendar. A release that ended before its window began leaves
 * nothing there.
 */
@Service
public class PlannedWindows {

    private final JdbcClient jdbc;

    PlannedWindows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The window of a release. */
    public record Planned(String release, String system, String title, TimeSpan span) {}

    /**
     * Windows that a stretch of time meets, in order.
     *
     * @param most how many are told at most
     */
    @Transactional(readOnly = true)
    public List<Planned> between(Reader reader, TimeSpan range, int most) {
        List<String> systems = reader.systems().stream().sorted().toList();
        if (!reader.readsAll() && systems.isEmpty()) {
            return List.of();
        }
        // The order begins as the index does, or the embedded database would sort all rows.
        return jdbc.sql("select r.release_key, r.system_key, r.title, w.starts_at, w.ends_at from release_window w"
                        + " join slipway_release r on r.id = w.release_id and r.window_start = w.starts_at"
                        + " where w.state = 'PLANNED' and w.starts_at >= :earliest and w.starts_at < :end"
                        + " and w.ends_at > :start and (r.ended_at is null or r.ended_at >= w.starts_at)"
                        + (reader.readsAll() ? "" : " and r.system_key in (:systems)")
                        + " order by w.state, w.starts_at, w.release_id limit " + most)
                // A window lasts a day at most.
                .param("earliest", local(range.start().minusSeconds(2 * 86_400)))
                .param("start", local(range.start()))
                .param("end", local(range.end()))
                .params(reader.readsAll() ? Map.of() : Map.of("systems", systems))
                .query((row, index) -> new Planned(
                        row.getString("release_key"),
                        row.getString("system_key"),
                        row.getString("title"),
                        new TimeSpan(
                                row.getObject("starts_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                                row.getObject("ends_at", LocalDateTime.class).toInstant(ZoneOffset.UTC))))
                .list();
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
