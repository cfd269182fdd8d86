package io.slipway.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the files of a backup with their digests, as {@code sha256sum --check} reads it.
 *
 * <p>It may have been on its way for long, and somebody may have written it who wants a file to be somewhere else. So it may only name what
 * a backup has: the database, keys of the place that it is for, and artifacts where their digest puts them. No such name leaves the
 * directory.
 */
final class FileList {

    static final String NAME = "files.sha256";
    static final String DATABASE = "database.sql";
    static final String ARTIFACTS = "artifacts";
    static final String KEYS = "keys";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) {2}([!-~]+)");
    private static final Pattern ARTIFACT =
            Pattern.compile(ARTIFACTS + "/sha256/([0-9a-f]{2})/([0-9a-f]{2})/(\\1\\2[0-9a-f]{60})");

    private FileList() {}

    /** How a list is written. */
    static String text(SortedMap<String, String> digests) {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (file, digest) -> lines.append(digest).append("  ").append(file).append('\n'));
        return lines.toString();
    }

    /**
     * Reads the list of a backup.
     *
     * @param keys names of the keys that the place has
     * @return digests by the names of their files
     * @throws BackupRefused when a line is none of such a list; the message says which and why
     */
    static SortedMap<String, String> read(Path directory, Set<String> keys) throws IOException {
        Path list = directory.resolve(NAME);
        // Of names only ASCII is allowed; what is none becomes a character that is not.
        String text = new String(Files.readAllBytes(list), StandardCharsets.US_ASCII);
        if (!text.endsWith("\n")) {
            throw refused(list + " was cut short: its last line has no end");
        }
        SortedMap<String, String> digests = new TreeMap<>();
        Map<String, Integer> numbers = new TreeMap<>();
        int number = 0;
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            number++;
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw refused(list, number, "is no digest of 64 small hexadecimal digits, two spaces and a name");
            }
            String digest = parts.group(1);
            String name = parts.group(2);
            Matcher artifact = ARTIFACT.matcher(name);
            if (artifact.matches()) {
                if (!artifact.group(3).equals(digest)) {
                    throw refused(list, number, "gives an artifact another digest than its name does");
                }
            } else if (!name.equals(DATABASE)
                    && !(name.startsWith(KEYS + "/") && keys.contains(name.substring(KEYS.length() + 1)))) {
                throw refused(list, number, "names what no backup has: " + name);
            }
            Integer before = numbers.putIfAbsent(name, number);
            if (before != null) {
                throw refused(list, number, "names what line " + before + " named already: " + name);
            }
            digests.put(name, digest);
        }
        if (!digests.containsKey(DATABASE)) {
            throw refused(list + " has no line for " + DATABASE);
        }
        return digests;
    }

    private static BackupRefused refused(Path list, int number, String why) {
        return refused("Line " + number + " of " + list + " " + why);
    }

    /** With what there is to do; mending a line is no help, because the description has the digest of the whole list. */
    static BackupRefused refused(String why) {
        return new BackupRefused(
                why + ". Nothing was restored; please take another copy of this backup, or another backup");
    }

    /**
     * Names of all files that are in the directory of a backup.
     *
     * @throws BackupRefused when something in it is no file, such as a link to one elsewhere, or cannot be looked at
     */
    static SortedSet<String> present(Path directory) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        Files.walkFileTree(directory.toRealPath(), new SimpleFileVisitor<>() {
            private final Path root = directory.toRealPath();

            private Path shown(Path file) {
                return directory.resolve(root.relativize(file));
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw refused(shown(file) + " is " + (attributes.isSymbolicLink() ? "a symbolic link" : "no file")
                            + ", which no backup has");
                }
                names.add(root.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                throw refused(shown(file) + " cannot be looked at: "
                        + failure.getClass().getSimpleName());
            }
        });
        return names;
    }
}
