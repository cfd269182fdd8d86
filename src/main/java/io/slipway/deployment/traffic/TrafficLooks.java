package io.slipway.deployment.traffic;

import io.slipway.platform.text.Beginning;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The book of looks; entries are added and never changed. */
@Component
class TrafficLooks {

    private static final String COLUMNS = "environment_key, deployment_number, service_id, looked_at, requests, errors,"
            + " recent_requests, recent_errors, before_requests, before_errors, threshold_ppm, verdict, sentence";
    private static final double PPM = 1_000_000;

    private final JdbcClient jdbc;

    TrafficLooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(ReleaseId release, TrafficLook look) {
        jdbc.sql("insert into traffic_look (release_id, " + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        look.environment(),
                        look.number(),
                        look.service(),
                        Timestamp.from(look.at()),
                        look.requests(),
                        look.errors(),
                        look.recentRequests(),
                        look.recentErrors(),
                        look.beforeRequests(),
                        look.beforeErrors(),
                        Math.round(look.threshold() * PPM),
                        look.verdict().name(),
                        Beginning.of(look.sentence(), 1_000))
                .update();
    }

    /** The newest looks of a release, the newest first. */
    List<TrafficLook> newest(ReleaseId release, int most) {
        return jdbc.sql("select " + COLUMNS + " from traffic_look where release_id = ? order by id desc limit " + most)
                .param(StoredIds.bytes(release))
                .query(TrafficLooks::look)
                .list();
    }

    Optional<TrafficLook> last(ReleaseId release) {
        return newest(release, 1).stream().findFirst();
    }

    private static TrafficLook look(ResultSet row, int number) throws SQLException {
        return new TrafficLook(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11) / PPM,
                TrafficLook.Verdict.valueOf(row.getString(12)),
                row.getString(13));
    }
}
