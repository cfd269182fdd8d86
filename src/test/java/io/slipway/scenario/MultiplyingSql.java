package io.slipway.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What {@link ManyReleases} says differently to the embedded database and to a MySQL or MariaDB; what a copy says is the same in both.
 * Expressions are of a row {@code t} and of the number {@code x} of its copy.
 */
interface MultiplyingSql {

    /** That of the database at the other end. */
    static MultiplyingSql of(Connection connection) throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:h2:") ? new OfH2() : new OfServer();
    }

    /**
     * Name of the table as it is stored, name, type and length of each column of it, and whether it numbers itself by it; types have the
     * names of the standard.
     */
    String columns();

    /** Name of the table as it is stored, name of an index and name of a column of each unique index, the primary key first. */
    String uniqueColumns();

    /** Lets this connection write rows before those that they refer to. */
    void beginWriting(JdbcTemplate jdbc);

    /** The opposite of {@link #beginWriting}. */
    void endWriting(JdbcTemplate jdbc);

    /** Lets the database look at its tables anew, so that it chooses its ways by what is in them now. */
    void analyze(JdbcTemplate jdbc, Collection<String> tables);

    /** What {@link #numbers} needs, if anything. */
    void prepare(JdbcTemplate jdbc);

    /** Rows with one column {@code x}, from one number to another. */
    String numbers(int from, int until);

    /** Texts one after the other, nothing if one of them is. */
    String joined(String... texts);

    /** The id of 16 bytes in a column with its last 4 replaced by the number. */
    String ownId(String column);

    /** The time in a column without these seconds and microseconds. */
    String earlier(String column, String seconds, String microseconds);

    /** The embedded database. */
    final class OfH2 implements MultiplyingSql {

        @Override
        public String columns() {
            return "select c.table_name, c.column_name, lower(c.data_type), c.character_maximum_length, c.is_identity"
                    + " from information_schema.columns c join information_schema.tables t"
                    + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
                    + " where c.table_schema = 'PUBLIC' and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position";
        }

        @Override
        public String uniqueColumns() {
            return "select c.table_name, c.index_name, c.column_name from information_schema.index_columns c"
                    + " join information_schema.indexes i on i.index_schema = c.index_schema and i.index_name = c.index_name"
                    + " where c.table_schema = 'PUBLIC' and i.index_type_name in ('PRIMARY KEY', 'UNIQUE INDEX')"
                    + " order by case when i.index_type_name = 'PRIMARY KEY' then 0 else 1 end, c.index_name, c.ordinal_position";
        }

        @Override
        public void beginWriting(JdbcTemplate jdbc) {
            jdbc.execute("set referential_integrity false");
            jdbc.execute("set cache_size 65536");
        }

        @Override
        public void endWriting(JdbcTemplate jdbc) {
            jdbc.execute("set referential_integrity true");
        }

        @Override
        public void analyze(JdbcTemplate jdbc, Collection<String> tables) {
            jdbc.execute("analyze");
        }

        @Override
        public void prepare(JdbcTemplate jdbc) {
            // It has a table of all numbers.
        }

        @Override
        public String numbers(int from, int until) {
            return "system_range(" + from + ", " + until + ") r(x)";
        }

        @Override
        public String joined(String... texts) {
            return String.join(" || ", texts);
        }

        @Override
        public String ownId(String column) {
            return "cast(substring(t." + column
                    + " from 1 for 12) || cast(cast(x as integer) as binary(4)) as binary(16))";
        }

        @Override
        public String earlier(String column, String seconds, String microseconds) {
            return "dateadd(microsecond, -(" + microseconds + "), dateadd(second, -(" + seconds + "), t." + column
                    + "))";
        }
    }

    /** A MySQL or a MariaDB. */
    final class OfServer implements MultiplyingSql {

        /** So many numbers there are, which is a power of two. */
        private static final int NUMBERS = 1 << 17;

        @Override
        public String columns() {
            return "select c.table_name, c.column_name,"
                    + " case c.data_type when 'varchar' then 'character varying' when 'longtext' then 'character large object'"
                    + " when 'text' then 'character large object' when 'int' then 'integer' when 'tinyint' then 'boolean'"
                    + " when 'datetime' then 'timestamp' else c.data_type end,"
                    + " c.character_maximum_length, case when c.extra like '%auto_increment%' then 'YES' else 'NO' end"
                    + " from information_schema.columns c join information_schema.tables t"
                    + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
                    + " where c.table_schema = database() and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position";
        }

        @Override
        public String uniqueColumns() {
            return "select table_name, index_name, column_name from information_schema.statistics"
                    + " where table_schema = database() and non_unique = 0"
                    + " order by case when index_name = 'PRIMARY' then 0 else 1 end, index_name, seq_in_index";
        }

        @Override
        public void beginWriting(JdbcTemplate jdbc) {
            jdbc.execute("set foreign_key_checks = 0");
        }

        @Override
        public void endWriting(JdbcTemplate jdbc) {
            jdbc.execute("set foreign_key_checks = 1");
        }

        @Override
        public void analyze(JdbcTemplate jdbc, Collection<String> tables) {
            jdbc.execute("analyze table " + tables.stream().sorted().collect(Collectors.joining(", ")));
        }

        @Override
        public void prepare(JdbcTemplate jdbc) {
            jdbc.execute("create table original_numbers (x int not null primary key)");
            jdbc.update("insert into original_numbers values (1)");
            for (int made = 1; made < NUMBERS; made *= 2) {
                jdbc.update("insert into original_numbers select x + " + made + " from original_numbers");
            }
        }

        @Override
        public String numbers(int from, int until) {
            return "(select x from original_numbers where x between " + from + " and " + until + ") r";
        }

        @Override
        public String joined(String... texts) {
            return "concat(" + String.join(", ", texts) + ")";
        }

        @Override
        public String ownId(String column) {
            return "concat(substring(t." + column + ", 1, 12), unhex(lpad(hex(x), 8, '0')))";
        }

        @Override
        public String earlier(String column, String seconds, String microseconds) {
            return "t." + column + " - interval (" + seconds + ") second - interval (" + microseconds + ") microsecond";
        }
    }
}
