package io.slipway.deployment.rehearsal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A database of its own in memory, for one rehearsal. SQL of others runs as a user who owns one schema and nothing else: without
 * administrator's rights the database lets nobody reach files, other databases or Java.
 */
final class Clone implements AutoCloseable {

    private static final String USER = "REHEARSAL";
    private static final String SCHEMA = "APP";

    private final Connection owner;
    private final Connection user;
    private final int patience;

    Clone(int patienceSeconds) throws SQLException {
        String url = "jdbc:h2:mem:rehearsal-" + UUID.randomUUID();
        String password = UUID.randomUUID().toString();
        this.patience = patienceSeconds;
        this.owner = DriverManager.getConnection(url, "OWNER", UUID.randomUUID().toString());
        try (Statement statement = owner.createStatement()) {
            statement.execute("create user " + USER + " password '" + password + "'");
            statement.execute("create schema " + SCHEMA + " authorization " + USER);
        }
        this.user = DriverManager.getConnection(url + ";SCHEMA=" + SCHEMA, USER, password);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = user.createStatement()) {
            statement.setQueryTimeout(patience);
            statement.execute(sql);
        }
    }

    /** Columns with their types, by table. */
    Map<String, Map<String, String>> schema() throws SQLException {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        try (PreparedStatement statement = owner.prepareStatement(
                "select c.table_name, c.column_name, c.data_type, c.character_maximum_length, c.numeric_precision,"
                        + " c.numeric_scale, c.is_nullable from information_schema.columns c"
                        + " join information_schema.tables t on t.table_schema = c.table_schema"
                        + " and t.table_name = c.table_name"
                        + " where c.table_schema = ? and t.table_type = 'BASE TABLE'")) {
            statement.setString(1, SCHEMA);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.computeIfAbsent(row.getString(1), none -> new TreeMap<>())
                            .put(
                                    row.getString(2),
                                    row.getString(3) + " " + row.getString(4) + " " + row.getString(5) + " "
                                            + row.getString(6) + " " + row.getString(7));
                }
            }
        }
        return tables;
    }

    /**
     * Rows of a table, and a checksum that does not depend on their order: of each row SHA-256 over the values, with nulls told apart,
     * and of those the sum.
     */
    Content content(String table, List<String> columns) throws SQLException {
        String list =
                columns.isEmpty() ? "1" : columns.stream().map(Clone::quoted).collect(Collectors.joining(", "));
        long rows = 0;
        BigInteger sum = BigInteger.ZERO;
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select " + list + " from " + SCHEMA + "." + quoted(table))) {
            while (row.next()) {
                MessageDigest digest = sha256();
                for (int i = 1; i <= columns.size(); i++) {
                    String value = row.getString(i);
                    byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
                    digest.update(
                            (value == null ? "-" : String.valueOf(bytes.length)).getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) ':');
                    digest.update(bytes);
                }
                sum = sum.add(new BigInteger(1, digest.digest()));
                rows++;
            }
        }
        return new Content(rows, sum.mod(BigInteger.ONE.shiftLeft(256)).toString(16));
    }

    record Content(long rows, String checksum) {}

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws SQLException {
        user.close();
        owner.close();
    }
}
