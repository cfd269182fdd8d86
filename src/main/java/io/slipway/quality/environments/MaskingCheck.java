package io.slipway.quality.environments;

import io.slipway.platform.text.Beginning;
import io.slipway.release.Refused;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Checks a clone column by column in an embedded database that lives no longer than the check: in a masked column no original value is
 * left, and every reference of the clone leads to a row. Names of tables and columns are checked before they reach a statement, and
 * values only ever are parameters.
 */
final class MaskingCheck {

    private static final int MOST_TABLES = 50;
    private static final int MOST_COLUMNS = 100;
    private static final int MOST_ROWS = 100_000;
    private static final int LONGEST_VALUE = 4_000;
    private static final int BATCH = 500;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    private MaskingCheck() {}

    /** A table as CSV with a line of column names, before and after masking. */
    record Pair(String name, String original, String masked) {}

    /** A column of a table. */
    record Column(String table, String column) {

        static Column of(String field, String text) {
            String[] parts = text.strip().toLowerCase(Locale.ROOT).split("\\.", -1);
            if (parts.length != 2
                    || !NAME.matcher(parts[0]).matches()
                    || !NAME.matcher(parts[1]).matches()) {
                throw new Refused(
                        field,
                        "'" + shown(text) + "' names no column; it is written as table.column in small letters.");
            }
            return new Column(parts[0], parts[1]);
        }

        @Override
        public String toString() {
            return table + "." + column;
        }
    }

    /** A column whose values are those of another. */
    record Reference(Column from, Column to) {}

    /** Runs every check. */
    static MaskingReport run(List<Pair> tables, List<Column> masked, List<Reference> references) {
        if (tables.isEmpty() || tables.size() > MOST_TABLES) {
            throw new Refused("tables", "Please hand in 1 to " + MOST_TABLES + " tables.");
        }
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID())) {
            Map<String, Set<String>> columns = new HashMap<>();
            long originals = 0;
            long clones = 0;
            for (Pair table : tables) {
                if (!NAME.matcher(table.name()).matches() || columns.containsKey(table.name())) {
                    throw new Refused(
                            "tables",
                            "'" + shown(table.name())
                                    + "' can be no table here; a name has small letters, digits and underscores, and comes once.");
                }
                List<String> header = new ArrayList<>();
                originals += load(database, "original_" + table.name(), table.name(), table.original(), header);
                List<String> same = new ArrayList<>();
                clones += load(database, "clone_" + table.name(), table.name(), table.masked(), same);
                if (!header.equals(same)) {
                    throw new Refused(
                            "tables", "The clone of " + table.name() + " has other columns than the original.");
                }
                columns.put(table.name(), new HashSet<>(header));
            }
            List<MaskingReport.Finding> findings = new ArrayList<>();
            for (Column column : masked) {
                require("masked", columns, column);
                findings.add(masked(database, column));
            }
            for (Reference reference : references) {
                require("references", columns, reference.from());
                require("references", columns, reference.to());
                findings.add(referenced(database, reference));
            }
            return new MaskingReport(
                    originals, clones, originals == 0 ? 0 : (int) Math.min(100, clones * 100 / originals), findings);
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded check of a clone failed", e);
        }
    }

    private static void require(String field, Map<String, Set<String>> columns, Column column) {
        if (!columns.getOrDefault(column.table(), Set.of()).contains(column.column())) {
            throw new Refused(field, column + " is no column of what was handed in.");
        }
    }

    private static long load(Connection database, String stored, String name, String csv, List<String> header)
            throws SQLException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = format.parse(new StringReader(csv))) {
            for (String column : rows.getHeaderNames()) {
                String plain = column.strip().toLowerCase(Locale.ROOT);
                if (!NAME.matcher(plain).matches() || header.contains(plain)) {
                    throw new Refused(
                            "tables",
                            "'" + shown(column) + "' can be no column of " + name
                                    + "; a name has letters, digits and underscores, and comes once.");
                }
                header.add(plain);
            }
            if (header.isEmpty() || header.size() > MOST_COLUMNS) {
                throw new Refused("tables", name + " needs 1 to " + MOST_COLUMNS + " columns in its first line.");
            }
            try (Statement statement = database.createStatement()) {
                statement.execute("create table \"" + stored + "\" ("
                        + String.join(
                                ", ",
                                header.stream()
                                        .map(column -> "\"" + column + "\" varchar")
                                        .toList())
                        + ")");
            }
            return insert(database, stored, name, rows, header);
        } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
            throw new Refused(
                    "tables",
                    name + " is no CSV with a line of column names: " + shown(String.valueOf(e.getMessage())));
        }
    }

    private static long insert(Connection database, String stored, String name, CSVParser rows, List<String> header)
            throws SQLException {
        long count = 0;
        try (PreparedStatement insert = database.prepareStatement("insert into \"" + stored + "\" values ("
                + String.join(", ", header.stream().map(column -> "?").toList()) + ")")) {
            for (CSVRecord row : rows) {
                if (row.size() != header.size()) {
                    throw new Refused(
                            "tables",
                            "Row " + row.getRecordNumber() + " of " + name + " has " + row.size() + " values where "
                                    + header.size() + " are expected.");
                }
                if (++count > MOST_ROWS) {
                    throw new Refused("tables", name + " has more than " + MOST_ROWS + " rows; please take a sample.");
                }
                for (int index = 0; index < header.size(); index++) {
                    if (row.get(index).length() > LONGEST_VALUE) {
                        throw new Refused(
                                "tables",
                                "Row " + row.getRecordNumber() + " of " + name + " has a value of more than "
                                        + LONGEST_VALUE + " characters.");
                    }
                    insert.setString(index + 1, row.get(index));
                }
                insert.addBatch();
                if (count % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return count;
    }

    private static MaskingReport.Finding masked(Connection database, Column column) throws SQLException {
        long left = count(
                database,
                "select count(*) from \"clone_" + column.table() + "\" c where c.\"" + column.column()
                        + "\" <> '' and c.\"" + column.column() + "\" in (select o.\"" + column.column()
                        + "\" from \"original_" + column.table() + "\" o)");
        return new MaskingReport.Finding(
                column + " is masked",
                left == 0,
                left == 0 ? "No original value is left." : left + " rows still have an original value.");
    }

    private static MaskingReport.Finding referenced(Connection database, Reference reference) throws SQLException {
        Column from = reference.from();
        Column to = reference.to();
        long lost = count(
                database,
                "select count(*) from \"clone_" + from.table() + "\" c where c.\"" + from.column()
                        + "\" <> '' and c.\"" + from.column() + "\" not in (select p.\"" + to.column()
                        + "\" from \"clone_" + to.table() + "\" p)");
        return new MaskingReport.Finding(
                from + " leads to " + to,
                lost == 0,
                lost == 0 ? "Every reference leads to a row." : lost + " rows lead nowhere.");
    }

    private static long count(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String shown(String text) {
        String plain = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
        return Beginning.marked(plain, 101);
    }
}
