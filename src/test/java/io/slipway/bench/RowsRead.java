package io.slipway.bench;

import io.slipway.testing.CountedStatements.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows a database looks at for queries, found out by asking them once more.
 *
 * <p>The embedded database tells it with the plan. A server counts for each connection the rows that it asks of its tables and of those
 * that it makes for itself ({@code Handler_read_%}), on MySQL and MariaDB alike and to the row; the numbers of {@code explain analyze}
 * are averages of loops, rounded, and leave out what a condition passed over. Two things the counters do not tell by themselves: rows
 * that an index passes over before they are asked for, so that this is switched off, which reads the same rows; and the rows of a table that is
 * counted as a whole, which are added.
 */
abstract class RowsRead {

    private static final Pattern SELECT = Pattern.compile("\\s*(?:\\(\\s*)*(?:select|with)\\s.*", Pattern.DOTALL);

    final Connection owner;

    private RowsRead(Connection owner) {
        this.owner = owner;
    }

    /** Asks over a connection of the owner of the tables. */
    static RowsRead over(Connection owner) throws SQLException {
        return owner.getMetaData().getURL().startsWith("jdbc:h2:") ? new OfH2(owner) : new OfServer(owner);
    }

    /**
     * What queries read.
     *
     * @param rows of all of them
     * @param most the query that reads most of them
     * @param rowsOfMost what it reads
     */
    record Read(long rows, String most, long rowsOfMost) {}

    /** How many rows the database looks at for the queries among these; what locks or writes is left out. */
    Read by(List<Statement> statements) throws SQLException {
        Read read = new Read(0, "", 0);
        for (Statement statement : statements) {
            String sql = statement.sql().toLowerCase(Locale.ROOT);
            if (SELECT.matcher(sql).matches() && !sql.contains("for update")) {
                long rows = by(statement);
                boolean most = rows > read.rowsOfMost();
                read = new Read(
                        read.rows() + rows, most ? statement.sql() : read.most(), most ? rows : read.rowsOfMost());
            }
        }
        return read;
    }

    abstract long by(Statement query) throws SQLException;

    final PreparedStatement prepared(String prefix, Statement statement) throws SQLException {
        PreparedStatement prepared = owner.prepareStatement(prefix + statement.sql());
        for (Map.Entry<Integer, Object> parameter : statement.parameters().entrySet()) {
            prepared.setObject(parameter.getKey(), parameter.getValue());
        }
        return prepared;
    }

    private static final class OfH2 extends RowsRead {

        private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

        private OfH2(Connection owner) {
            super(owner);
        }

        @Override
        long by(Statement query) throws SQLException {
            try (PreparedStatement explained = prepared("explain analyze ", query);
                    ResultSet plan = explained.executeQuery()) {
                plan.next();
                Matcher scanned = SCANNED.matcher(plan.getString(1));
                long rows = 0;
                while (scanned.find()) {
                    rows += Long.parseLong(scanned.group(1));
                }
                return rows;
            }
        }
    }

    private static final class OfServer extends RowsRead {

        private static final Pattern WHOLE = Pattern.compile(
                "select count\\([\\w.*]+\\)(?: as \\w+)? from (\\w+)(?: \\w+)?\\s*", Pattern.CASE_INSENSITIVE);

        private OfServer(Connection owner) throws SQLException {
            super(owner);
            try (java.sql.Statement session = owner.createStatement()) {
                session.execute("set session optimizer_switch = 'index_condition_pushdown=off'");
            }
        }

        @Override
        long by(Statement query) throws SQLException {
            long before = counted();
            long whole = 0;
            try (PreparedStatement asked = prepared("", query);
                    ResultSet rows = asked.executeQuery()) {
                if (WHOLE.matcher(query.sql()).matches() && rows.next()) {
                    whole = rows.getLong(1);
                }
            }
            return Math.max(counted() - before, whole);
        }

        /** To look at the counters counts nothing. */
        private long counted() throws SQLException {
            try (PreparedStatement asked = owner.prepareStatement("show session status like 'Handler_read_%'");
                    ResultSet counters = asked.executeQuery()) {
                long sum = 0;
                while (counters.next()) {
                    sum += counters.getLong(2);
                }
                return sum;
            }
        }
    }
}
