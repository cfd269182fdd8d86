package io.slipway.packaging;

import io.slipway.platform.text.Beginning;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads and writes the columns of this module's tables. */
public final class Rows {

    private Rows() {}

    /** An id as it was kept. */
    public static ReleaseId id(ResultSet row, String column) throws SQLException {
        return StoredIds.releaseId(row.getBytes(column));
    }

    /** A moment as the database keeps it. */
    public static LocalDateTime moment(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    /** A moment that must be there. */
    public static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    /** A moment that may be there. */
    public static Optional<Instant> momentIf(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class)).map(at -> at.toInstant(ZoneOffset.UTC));
    }

    /** Text cut to what a column takes. */
    public static String cut(String text, int most) {
        return Beginning.marked(text, most);
    }
}
