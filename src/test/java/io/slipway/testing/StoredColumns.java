package io.slipway.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All columns of the database in which text or bytes can stand, the engine's too, on H2 as on MySQL. */
public final class StoredColumns {

    private static final Set<String> TEXT =
            Set.of("character varying", "character large object", "varchar", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES = Set.of("binary large object", "blob", "mediumblob", "longblob");

    private final JdbcClient jdbc;
    private final boolean server;
    private final List<Column> all;

    /** Reads what columns there are, except those that the migrator wrote of itself: the program may not read them. */
    public StoredColumns(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.server = TestDatabase.isServer();
        this.all = jdbc
                .sql("select c.table_name, c.column_name, c.data_type from information_schema.columns c"
                        + " join information_schema.tables t on t.table_schema = c.table_schema"
                        + " and t.table_name = c.table_name where c.table_schema = schema()"
                        + " and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position")
                .query((row, number) -> new Column(
                        row.getString(1), row.getString(2), row.getString(3).toLowerCase(Locale.ROOT)))
                .list()
                .stream()
                .filter(column -> !column.table().equalsIgnoreCase("flyway_schema_history"))
                .filter(column -> TEXT.contains(column.type()) || BYTES.contains(column.type()))
                .toList();
        if (text().size() < 500 || all.size() == text().size()) {
            throw new AssertionError("There are more columns than these: " + all);
        }
    }

    /** A column; names as the database tells them. */
    public record Column(String table, String name, String type) {

        @Override
        public String toString() {
            return (table + "." + name).toLowerCase(Locale.ROOT);
        }
    }

    /** Columns of text. */
    public List<Column> text() {
        return all.stream().filter(column -> TEXT.contains(column.type())).toList();
    }

    /** Columns of text or bytes in which this stands somewhere. */
    public List<Column> holding(String text) {
        return all.stream().filter(column -> contains(column, text)).toList();
    }

    /** Whether this stands somewhere in a column. */
    public boolean contains(Column column, String text) {
        boolean bytes = BYTES.contains(column.type());
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        String content = bytes ? (server ? "lower(hex(%s))" : "lower(rawtohex(%s))") : "%s";
        return counts(column, "locate(?, " + content + ") > 0", bytes ? hex : text);
    }

    /** Whether a row of a column has exactly this value. */
    public boolean equals(Column column, String value) {
        return counts(column, "%s = ?", value);
    }

    /** Columns of text with a row in which one thing stands somewhere and another nowhere. */
    public List<Column> holdingWithout(String present, String missing) {
        return text().stream()
                .filter(column -> counts(
                        column,
                        "locate('" + present.replace("'", "''") + "', %1$s) > 0 and locate(?, %1$s) = 0",
                        missing))
                .toList();
    }

    /** The values of a column of text in which this stands somewhere. */
    public List<String> values(Column column, String text) {
        String quote = server ? "`" : "\"";
        String name = quote + column.name() + quote;
        return jdbc.sql("select " + name + " from " + quote + column.table() + quote + " where locate(?, " + name
                        + ") > 0")
                .param(text)
                .query(String.class)
                .list();
    }

    private boolean counts(Column column, String condition, String value) {
        String quote = server ? "`" : "\"";
        return jdbc.sql("select count(*) from " + quote + column.table() + quote + " where "
                                + condition.formatted(quote + column.name() + quote))
                        .param(value)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
