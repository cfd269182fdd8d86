package io.slipway.communication;

import io.slipway.platform.text.Beginning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Ids and moments as columns hold them. */
final class Columns {

    private Columns() {}

    static LocalDateTime at(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    static Instant requireMoment(ResultSet row, String column) throws SQLException {
        return moment(row, column).orElseThrow(() -> new IllegalStateException("The column " + column + " is empty"));
    }

    /** A text that fits a column; what is too long ends with an ellipsis. */
    static String fitting(String text, int longest) {
        return Beginning.marked(text, longest);
    }
}
