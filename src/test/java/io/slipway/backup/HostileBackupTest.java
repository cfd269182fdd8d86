package io.slipway.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Backups that somebody changed who can reckon digests as well as the program, or that an accident changed. */
@Capability("10.4")
class HostileBackupTest {

    private static final String CONTENT = "content";

    @TempDir
    Path directory;

    private Path backup = Path.of("");
    private Path list = Path.of("");
    private Path description = Path.of("");

    /** Name of the one artifact, with its digest. */
    private String artifact = "";

    private String digest = "";

    /** The backup of a place with one artifact and two keys. */
    @BeforeEach
    void makesABackup() throws IOException, SQLException {
        Path store = directory.resolve("store");
        Path accounts = Files.writeString(directory.resolve(Place.ACCOUNTS), "migrator=secret");
        Path key = Files.writeString(directory.resolve("a.key"), "key");
        Place place = new Place(
                "jdbc:h2:file:" + directory.resolve("database"),
                "OWNER",
                "secret",
                store,
                Map.of(Place.ACCOUNTS, accounts, "a.key", key));
        try (Connection connection = place.created();
                Statement statement = connection.createStatement()) {
            for (String table : BackupTest.TABLES) {
                statement.execute(table);
            }
        }
        Path fresh = Files.writeString(directory.resolve("fresh"), CONTENT);
        digest = Backup.digest(fresh);
        Path kept = Place.file(store, digest);
        Files.createDirectories(kept.getParent());
        Files.move(fresh, kept);
        backup = directory.resolve("backup");
        list = backup.resolve("files.sha256");
        description = backup.resolve("backup.json");
        artifact = "artifacts/" + store.relativize(kept);
        assertThat(new Backup(backup).write(place, List.of(), line -> {})).isZero();
    }

    /** The file is there and has the digest, so that nothing but its name speaks against it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "artifacts/../evil.txt",
                "artifacts/../../evil.txt",
                "../evil.txt",
                "evil.txt",
                "/TEMP/evil.txt",
                "artifacts//TEMP/evil.txt",
                "artifacts/evil.txt",
                "artifacts/sha256/evil.txt",
                "artifacts\\..\\evil.txt",
                "artifacts/sha256/DIGEST",
                "artifacts/sha256/00/00/DIGEST",
                "artifacts/sha256/XX/YY/../YY/DIGEST",
                "artifacts/sha256/XX/YY/../../../../DIGEST",
                "artifacts/sha256/XX/YY/./DIGEST",
                "artifacts/sha256/XX//YY/DIGEST",
                "artifacts/sha256/XX/YY/DIGEST.old",
                "artifacts/unfinished/DIGEST",
                "./database.sql",
                "databaseXsql",
                "keys/../keys/a.key",
                "keys/another.key",
                "keys/",
                "backup.json",
                "files.sha256"
            })
    void aNameThatNoBackupHasIsRefused(String pattern) throws IOException {
        String name = pattern.replace("TEMP", directory.toString().substring(1))
                .replace("DIGEST", digest)
                .replace("XX", digest.substring(0, 2))
                .replace("YY", digest.substring(2, 4));
        Path named = backup.resolve(name);
        if (!Files.exists(named)) {
            Files.createDirectories(named.normalize().getParent());
            Files.writeString(named.normalize(), CONTENT);
        }
        append(digest + "  " + name + "\n");

        refused("Line 5 of " + list + " names what no backup has: " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "",
                "  ",
                "DIGEST",
                "DIGEST  ",
                "DIGEST a.key",
                "DIGEST\tkeys/a.key",
                "DIGEST *keys/a.key",
                "DIGEST   keys/a.key",
                "DIGEST  keys/a.key\r",
                "DIGEST  keys/a key",
                "DIGEST  keys/\u00e9.key",
                "DIGEST  keys/\u0000.key",
                "DIGEST  keys/\u001b[2J.key",
                "UPPER  keys/a.key",
                "\\DIGEST  keys/a.key",
                "0DIGEST  keys/a.key",
                "# a remark"
            })
    void aLineThatIsNoneEndsInOneSentence(String pattern) throws IOException {
        append(pattern.replace("DIGEST", digest).replace("UPPER", digest.toUpperCase(Locale.ROOT)) + "\n");

        refused("Line 5 of " + list + " is no digest of 64 small hexadecimal digits, two spaces and a name");
    }

    @Test
    void noNameIsThereTwice() throws IOException {
        append(digest + "  " + artifact + "\n");

        refused("Line 5 of " + list + " names what line 1 named already: " + artifact);
    }

    @Test
    void anArtifactHasTheDigestOfItsName() throws IOException {
        Files.writeString(backup.resolve(artifact), "other bytes");
        String other = Backup.digest(backup.resolve(artifact));
        rewrite(Files.readString(list).replace(digest + "  ", other + "  "));

        refused("Line 1 of " + list + " gives an artifact another digest than its name does");
    }

    @Test
    void aListIsWhole() throws IOException {
        String text = Files.readString(list);
        rewrite(text.substring(0, text.length() - 1));
        refused(list + " was cut short");
        rewrite("");
        refused(list + " was cut short");
        rewrite(without("database.sql", text));
        refused(list + " has no line for database.sql");
        rewrite(without("keys/accounts.properties", text));
        Files.delete(backup.resolve("keys/accounts.properties"));
        refused(list + " has no line for keys/accounts.properties");
    }

    private static String without(String name, String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        assertThat(lines.removeIf(line -> line.endsWith(name))).isTrue();
        return String.join("\n", lines) + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other=secret", "migrator=\\u00zz"})
    void withoutTheOwnersPasswordNothingIsBegun(String accounts) throws IOException {
        Path file = backup.resolve("keys/accounts.properties");
        String before = Backup.digest(file);
        Files.writeString(file, accounts);
        rewrite(Files.readString(list).replace(before, Backup.digest(file)));

        refused(file + " has ");
    }

    @Test
    void whatNoLineNamesIsRefused() throws IOException {
        for (String name : List.of("note.txt", "keys/a.key.old", "artifacts/sha256/ff", "artifacts/unfinished/x")) {
            Path file = backup.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, CONTENT);
            refused(file + " is named by no line of " + list + ". Nothing was restored; please move it away");
            Files.delete(file);
        }
        // A key that the place knows would otherwise come with the rest.
        rewrite(without("keys/a.key", Files.readString(list)));
        refused(backup.resolve("keys/a.key") + " is named by no line of " + list);
    }

    @Test
    void nothingIsALinkToElsewhere() throws IOException {
        for (String name : List.of(
                artifact,
                "artifacts/sha256",
                "artifacts",
                "keys",
                "keys/a.key",
                "database.sql",
                "files.sha256",
                "backup.json")) {
            Path file = backup.resolve(name);
            Path away = Files.move(file, directory.resolve("away"));
            Files.createSymbolicLink(file, away);
            refused(file + " is a symbolic link, which no backup has");
            Files.delete(file);
            Files.move(away, file);
        }
        Files.createSymbolicLink(backup.resolve("nowhere"), directory.resolve("nowhere"));
        refused(backup.resolve("nowhere") + " is a symbolic link, which no backup has");
    }

    @Test
    void aBackupMayBeReachedByALink() throws IOException, SQLException {
        Path link = Files.createSymbolicLink(directory.resolve("latest"), backup);

        Backup.Whole whole = new Backup(link).read(target(directory.resolve("there")));
        assertThat(whole.files()).containsOnlyKeys(artifact, "database.sql", "keys/a.key", "keys/" + Place.ACCOUNTS);
    }

    @Test
    void whatWasChangedOrCutOrLostIsRefused() throws IOException {
        for (String name : List.of(artifact, "database.sql", "keys/a.key", "files.sha256")) {
            Path file = backup.resolve(name);
            byte[] content = Files.readAllBytes(file);
            byte[] changed = content.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(file, changed);
            refused("The backup is damaged: " + file + " was changed after it was made");
            Files.write(file, Arrays.copyOf(content, content.length / 2));
            refused("The backup is damaged: " + file + " was changed after it was made");
            Files.delete(file);
            refused("The backup is incomplete: " + file + " is missing");
            Files.write(file, content);
        }
        Files.delete(description);
        refused(backup + " is no complete backup: backup.json is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "not json",
                "{'embedded':true}",
                "\u0000\u00ff\u00fe\u0000",
                "\u0000\u0000\u00fe\u00ff\u00ff\u00ff\u00ff\u00ff",
                "\u00ff\u00ff",
                "WHOLE and more",
                "TWICE",
                "NULL",
                "DIGEST",
                "NEGATIVE",
                "WORD",
                "HUGE",
                "NEWER",
                "DEEP"
            })
    void aDescriptionThatIsNoneEndsInOneSentence(String pattern) throws IOException {
        String whole = Files.readString(description);
        Files.writeString(
                description,
                switch (pattern) {
                    case "WHOLE and more" -> whole + " and more";
                    case "TWICE" -> whole.replace("}", ",\"auditEntries\":0}");
                    case "NULL" -> whole.replaceAll("\"files\":\"[^\"]+\"", "\"files\":null");
                    case "DIGEST" -> whole.replaceAll("\"files\":\"[^\"]+\"", "\"files\":\"../../evil\"");
                    case "NEGATIVE" -> whole.replace("\"lastAuditEntry\":0", "\"lastAuditEntry\":-1");
                    case "WORD" -> whole.replace("\"lastAuditEntry\":0", "\"lastAuditEntry\":\"0 or 1=1\"");
                    case "HUGE" -> whole.replace("\"lastAuditEntry\":0", "\"lastAuditEntry\":" + "9".repeat(40));
                    case "NEWER" -> whole.replace("}", ",\"later\":1}");
                    case "DEEP" -> "[".repeat(100_000);
                    default -> pattern;
                },
                ISO_8859_1);
        assertThat(description).content(ISO_8859_1).isNotEqualTo(whole);

        refused(description + " ");
    }

    /** Nothing of it is there, neither in the place it is restored to nor where a name points. */
    private void refused(String why) throws IOException {
        Path there = directory.resolve("there");
        Place target = target(there);
        Throwable refusal = catchThrowable(() -> new Backup(backup).restore(target, new String[0], line -> {}));
        boolean begun = FileSystemUtils.deleteRecursively(there);
        assertThat(refusal)
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(begun).as("something was written").isFalse();
    }

    private static Place target(Path there) {
        return new Place(
                "jdbc:h2:file:" + there.resolve("database/slipway"),
                "OWNER",
                "",
                there.resolve("store"),
                Map.of(Place.ACCOUNTS, there.resolve("keys/1"), "a.key", there.resolve("keys/2")));
    }

    private void append(String line) throws IOException {
        rewrite(Files.readString(list) + line);
    }

    /** Writes another list, and reckons its digest anew. */
    private void rewrite(String text) throws IOException {
        String before = Backup.digest(list);
        Files.writeString(list, text, ISO_8859_1);
        Files.writeString(description, Files.readString(description).replace(before, Backup.digest(list)));
    }

    @Test
    void anotherKindOfDatabaseIsSaidBeforeItsFiles() {
        Place server = new Place("jdbc:mysql://127.0.0.1:1/none", "OWNER", "", directory.resolve("there"), Map.of());

        assertThatThrownBy(() -> new Backup(backup).read(server))
                .isInstanceOf(BackupRefused.class)
                .hasMessageContaining("The backup is one of the embedded database, and this place has a server");
    }
}
