package io.slipway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Capability("10.4")
class BackupTest {

    /** What is read of the tables that a copy is compared with. */
    static final List<String> TABLES = List.of(
            "create table audit_entry (seq bigint primary key)",
            "create table package_file (sha256 varchar(64), name varchar(100))",
            "create table gate_evidence (sha256 varchar(64), name varchar(100))",
            "create table build_record (request_id bigint, log_sha256 varchar(64), outputs longtext)",
            "create table package_seal (manifest longtext, digest varchar(64))",
            "create table deployment (business_key varchar(255), plan longtext)");

    private static final int ACCOUNTS = 20_000;

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private Place place = new Place("", "", "", Path.of(""), Map.of());

    @BeforeEach
    void makesADatabase() throws SQLException {
        place = new Place(
                "jdbc:h2:file:" + directory.resolve("database") + ";DB_CLOSE_ON_EXIT=FALSE",
                "OWNER",
                "secret",
                directory.resolve("store"),
                Map.of("a.key", directory.resolve("a.key")));
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    @Test
    void copiesTheEmbeddedDatabaseAsOfOneMoment() throws Exception {
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            // The one is copied first and the other last; what moves between them would be missing or there twice.
            for (String table : List.of("aaa", "zzz")) {
                statement.execute("create table " + table + " (id int primary key, amount int)");
                statement.execute("insert into " + table + " select x, 100 from system_range(1, " + ACCOUNTS + ")");
            }
        }
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger moved = new AtomicInteger();
        CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> move(going, moved));
        Path backup = directory.resolve("backup");
        int before;
        int after;
        try {
            while (moved.get() == 0 && !moving.isDone()) {
                Thread.onSpinWait();
            }
            before = moved.get();
            assertThat(new Backup(backup).write(place, List.of(), told::add)).isZero();
            after = moved.get();
        } finally {
            going.set(false);
            moving.join();
        }

        assertThat(after).as("what was moved while it was copied").isGreaterThan(before + 10);
        try (Connection copy = DriverManager.getConnection("jdbc:h2:mem:", "COPY", "");
                Statement statement = copy.createStatement()) {
            statement.execute("runscript from '" + backup.resolve("database.sql") + "' charset 'UTF-8'");
            assertThat(Verification.number(copy, "select sum(amount) from (table aaa union all table zzz)"))
                    .isEqualTo(2L * ACCOUNTS * 100);
            assertThat(Verification.number(copy, "select count(*) from aaa where amount <> 100"))
                    .as("what had been moved before")
                    .isPositive();
        }
    }

    @Test
    void copiesTheTablesOfSessionsWithoutTheirRows() throws Exception {
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            statement.execute("create user READER password 'read'");
            statement.execute("create table SPRING_SESSION (PRIMARY_ID char(36) primary key)");
            statement.execute(
                    "create table SPRING_SESSION_ATTRIBUTES (SESSION_PRIMARY_ID char(36) references SPRING_SESSION"
                            + " on delete cascade, ATTRIBUTE_BYTES longblob)");
            statement.execute("create index OF_SESSION on SPRING_SESSION_ATTRIBUTES (SESSION_PRIMARY_ID)");
            statement.execute("grant delete on SPRING_SESSION to READER");
            statement.execute("insert into SPRING_SESSION values ('known-to-one-alone')");
            // Longer than what is kept within a row.
            statement.execute("insert into SPRING_SESSION_ATTRIBUTES values ('known-to-one-alone', x'"
                    + "c0ffee".repeat(5000) + "')");
            statement.execute("insert into audit_entry values (1)");
        }
        Path backup = directory.resolve("backup");
        new Backup(backup).write(place, List.of(), told::add);

        assertThat(backup.resolve("database.sql")).content().doesNotContain("known-to-one-alone", "c0ffee");
        try (Connection copy = DriverManager.getConnection("jdbc:h2:mem:", "COPY", "");
                Statement statement = copy.createStatement()) {
            statement.execute("runscript from '" + backup.resolve("database.sql") + "' charset 'UTF-8'");
            assertThat(Verification.number(copy, "select count(*) from audit_entry"))
                    .isEqualTo(1);
            assertThat(Verification.number(copy, "select count(*) from SPRING_SESSION_ATTRIBUTES"))
                    .isZero();
            assertThat(Verification.number(
                            copy,
                            "select (select count(*) from information_schema.table_privileges where grantee = 'READER')"
                                    + " + (select count(*) from information_schema.indexes where index_name = 'OF_SESSION')"
                                    + " + (select count(*) from information_schema.referential_constraints)"))
                    .as("right, index and reference")
                    .isEqualTo(3);
        }
        try (Connection connection = place.created()) {
            assertThat(Verification.number(connection, "select count(*) from SPRING_SESSION_ATTRIBUTES"))
                    .as("sessions go on in what was copied")
                    .isEqualTo(1);
        }
    }

    private void move(AtomicBoolean going, AtomicInteger moved) {
        try (Connection connection = place.created();
                PreparedStatement from =
                        connection.prepareStatement("update aaa set amount = amount - 1 where id = ?");
                PreparedStatement to = connection.prepareStatement("update zzz set amount = amount + 1 where id = ?")) {
            connection.setAutoCommit(false);
            for (int i = 0; going.get(); i++) {
                int id = 1 + i % ACCOUNTS;
                from.setInt(1, id);
                to.setInt(1, id);
                from.executeUpdate();
                to.executeUpdate();
                connection.commit();
                moved.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsWhatTheStoreLackedOrHadDamagedAndCopiesTheRest() throws Exception {
        Path whole = keep("whole");
        Path damaged = keep("damaged");
        Path gone = keep("gone");
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into package_file values ('" + whole.getFileName() + "', 'whole.jar')");
            statement.execute("insert into package_file values ('" + gone.getFileName() + "', 'gone.jar')");
        }
        Files.writeString(damaged, "other bytes");
        Files.delete(gone);
        Files.writeString(directory.resolve("a.key"), "secret");
        Path stray = Files.copy(whole, whole.resolveSibling("stray"));
        Path link = Files.createSymbolicLink(whole.resolveSibling("0".repeat(64)), whole);

        assertThat(new Backup(directory.resolve("backup")).write(place, List.of(), told::add))
                .isEqualTo(4);

        assertThat(told)
                .anySatisfy(line -> assertThat(line)
                        .contains(damaged.getFileName().toString())
                        .contains("other bytes than its name says"))
                .anySatisfy(line -> assertThat(line).contains("The store lacks the file gone.jar"))
                .contains(
                        "The file " + stray + " is not where the store keeps one of that name",
                        link + " in the store is no file, or a link to one that is elsewhere")
                .last()
                .asString()
                .endsWith("1 files of the store with 5 bytes, and 1 keys; 4 faults were there before");
        Backup.Whole copied = new Backup(directory.resolve("backup")).read(place);
        assertThat(copied.description().artifacts()).isEqualTo(1);
        assertThat(copied.files())
                .containsOnlyKeys("artifacts/" + place.artifacts().relativize(whole), "database.sql", "keys/a.key");

        told.clear();
        assertThat(new Verification(place).faults(null, told::add))
                .as("what verify finds")
                .isEqualTo(4);
    }

    @Test
    void aRowThatIsDamagedIsAFaultAndNoObstacle() throws Exception {
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into package_seal values ('{\"release\":\"r-1\",\"files\":[{', 'd1'), (null, 'd2'),"
                            + " ('{\"release\":\"r-3\",\"size\":1e999}', 'd3')");
            statement.execute("insert into build_record values (7, '" + "0".repeat(64) + "', '')");
            statement.execute("insert into deployment values ('r-1', '[]]')");
        }

        assertThat(new Verification(place).faults(null, told::add)).isEqualTo(6);
        assertThat(told)
                .contains(
                        "The sealed package d1 has no readable manifest",
                        "The sealed package d2 has no readable manifest",
                        "The build 7 has no readable list of outputs",
                        "The deployment of r-1 has no readable plan",
                        "The sealed package d3 of r-3 has another manifest than its digest says");

        told.clear();
        assertThat(new Backup(directory.resolve("backup")).write(place, List.of(), told::add))
                .isEqualTo(5);
        assertThat(told).contains("The deployment of r-1 has no readable plan");
        assertThat(new Backup(directory.resolve("backup"))
                        .read(place)
                        .description()
                        .embedded())
                .isTrue();
    }

    @Test
    void aRestoreThatFailsBringsTheDatabaseLastAndSaysWhatToEmpty() throws Exception {
        Path accounts = Files.writeString(directory.resolve(Place.ACCOUNTS), "migrator=secret");
        Path kept = keep("content");
        Path backup = directory.resolve("backup");
        new Backup(backup)
                .write(
                        new Place(
                                place.url(),
                                place.owner(),
                                place.ownerPassword(),
                                place.artifacts(),
                                Map.of(Place.ACCOUNTS, accounts)),
                        List.of(),
                        told::add);
        Path file = Files.createFile(directory.resolve("file"));

        Path base = directory.resolve("elsewhere");
        Path store = file.resolve("store");
        assertThatThrownBy(() -> restore(backup, base, store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("please empty the directory " + base + " and the artifact store " + store);
        assertThat(base).as("no database without its files").doesNotExist();

        Path whole = directory.resolve("whole");
        assertThatThrownBy(() -> restore(backup, file, whole))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("please empty the directory " + file + " and the artifact store " + whole);
        assertThat(whole.resolve(place.artifacts().relativize(kept))).hasContent("content");
    }

    private void restore(Path backup, Path base, Path store) throws IOException, SQLException {
        Path keys = Files.createTempDirectory(directory, "keys");
        Place there = new Place(
                "jdbc:h2:file:" + base.resolve("database"),
                "OWNER",
                "",
                store,
                Map.of(Place.ACCOUNTS, keys.resolve(Place.ACCOUNTS)));
        new Backup(backup).restore(there, new String[0], told::add);
    }

    private Path keep(String content) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), content);
        Path file = Place.file(place.artifacts(), Backup.digest(fresh));
        Files.createDirectories(file.getParent());
        return Files.move(fresh, file);
    }

    @Test
    void theListIsOneThatOthersCanCheck() throws Exception {
        keep("content");
        Files.writeString(directory.resolve("a.key"), "secret");
        Path backup = directory.resolve("backup");
        new Backup(backup).write(place, List.of(), told::add);

        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", "files.sha256")
                .directory(backup.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
        assertThat(Files.readAllLines(backup.resolve("files.sha256"))).hasSize(3);
    }

    @Test
    void whatIsCopiedIsReadableByItsOwnerAlone() throws Exception {
        keep("content");
        Files.writeString(directory.resolve("a.key"), "secret");
        Path backup = Files.createDirectory(directory.resolve("backup"));
        new Backup(backup).write(place, List.of(), told::add);

        for (String file : List.of("database.sql", "keys/a.key", "keys", "artifacts")) {
            assertThat(Files.getPosixFilePermissions(backup.resolve(file)))
                    .as(file)
                    .allSatisfy(right -> assertThat(right.name()).startsWith("OWNER"));
        }
    }

    @Test
    void takesADumpOfAServerOnlyWhole() throws Exception {
        Place server = new Place("jdbc:mysql://127.0.0.1:1/none", "owner", "secret", place.artifacts(), Map.of());
        Path backup = Files.createDirectory(directory.resolve("backup"));
        Files.writeString(backup.resolve("database.sql"), "insert into audit_entry values (1),(");

        assertThatThrownBy(() -> new Backup(backup).write(server, List.of(), told::add))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("was cut short");
    }

    @Test
    void leavesNothingThatLooksLikeADumpWhenDumpingFails() throws Exception {
        Path backup = directory.resolve("backup");
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            statement.execute("create user READER password 'read'");
            statement.execute("grant select on schema PUBLIC to READER");
        }
        // May look at everything that is looked at before, and not at the whole.
        Place reader = new Place(place.url(), "READER", "read", place.artifacts(), place.keys());

        assertThatThrownBy(() -> new Backup(backup).write(reader, List.of(), told::add))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Admin rights are required");
        assertThat(backup).isEmptyDirectory();
    }

    @Test
    void lookingForADatabaseMakesNone() {
        Place nowhere = new Place(
                "jdbc:h2:file:" + directory.resolve("nothing/here"), "OWNER", "", place.artifacts(), Map.of());

        assertThatThrownBy(nowhere::connection)
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("There is no database");
        assertThat(directory.resolve("nothing")).doesNotExist();
    }

    @Test
    void knowsWhereAServerIs() {
        Place server = new Place(
                "jdbc:mysql://db.example.org:3307/slipway?connectionTimeZone=Europe/Berlin",
                "owner",
                "secret",
                place.artifacts(),
                Map.of());

        assertThat(server.client()).contains("--host=db.example.org", "--port=3307", "--user=owner");
        assertThat(server.client().toString()).doesNotContain("secret");
        assertThat(server.schema()).isEqualTo("slipway");
        assertThat(server.embedded()).isFalse();
    }

    @Test
    void aDatabaseThatIsThereIsInTheWay() throws Exception {
        assertThat(place.occupied()).hasValueSatisfying(why -> assertThat(why).contains("already"));
    }
}
