package io.slipway.packaging.builds;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Looks into zip archives (jar files are such), entry by entry, and never unpacks one onto a disk. */
public final class Archives {

    private static final int BUFFER = 64 * 1024;

    /** Most entries of an archive. */
    public static final int MOST_ENTRIES = 20_000;

    /** Most bytes of all entries of an archive together, unpacked. */
    public static final long MOST_BYTES = 1L << 30;

    /** The rest of the sentence about a name that is not harmless. */
    static final String LEADS_OUT =
            "which would be written outside of its folder; please build it again without such names.";

    private Archives() {}

    /** The archive cannot be read, or holds what no archive of a package may hold. */
    public static final class ArchiveRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ArchiveRefused(String sentence) {
            super(sentence);
        }
    }

    /** Gets every entry of an archive that is a file. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads one entry.
         *
         * @param content ends with the entry
         */
        void read(String name, InputStream content) throws IOException;
    }

    /**
     * Goes through an archive in its order.
     *
     * @param content read to its end and not closed
     * @param most most bytes of all entries together
     * @throws ArchiveRefused when a name is absolute or leads out of the archive, when a name comes twice, when there are too many
     *     entries or bytes, or the archive is damaged
     */
    public static void each(InputStream content, long most, Reader reader) throws IOException {
        Budget budget = new Budget(most);
        TreeSet<String> names = new TreeSet<>();
        // Not closed, because the stream is the caller's.
        @SuppressWarnings("resource")
        ZipInputStream zip = new ZipInputStream(new BufferedInputStream(content, BUFFER));
        try {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                String name = entry.getName();
                refuseName(name);
                if (!names.add(name)) {
                    throw new ArchiveRefused("The archive holds '" + shown(name) + "' twice; please build it again.");
                }
                if (names.size() > MOST_ENTRIES) {
                    throw new ArchiveRefused("The archive has more than " + MOST_ENTRIES + " entries.");
                }
                if (!entry.isDirectory()) {
                    InputStream bounded = new Bounded(zip, budget);
                    reader.read(name, bounded);
                    bounded.skip(Long.MAX_VALUE);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new ArchiveRefused("The archive is damaged: " + e.getMessage());
        }
    }

    /** SHA-256 of every file in an archive, by its name. */
    static Map<String, String> digests(InputStream content) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        each(content, MOST_BYTES, (name, bytes) -> digests.put(name, sha256(bytes)));
        return digests;
    }

    /**
     * What differs between two archives, one sentence each.
     *
     * @return empty when all files in them are the same, so that the archives differ in order, times or packing only
     */
    static List<String> differences(String name, Map<String, String> first, Map<String, String> second) {
        TreeSet<String> all = new TreeSet<>(first.keySet());
        all.addAll(second.keySet());
        List<String> differences = new ArrayList<>();
        for (String entry : all) {
            String one = first.get(entry);
            String other = second.get(entry);
            if (other == null) {
                differences.add(name + "!" + shown(entry) + " is missing in the other.");
            } else if (one == null) {
                differences.add(name + "!" + shown(entry) + " is in the other only.");
            } else if (!one.equals(other)) {
                differences.add(name + "!" + shown(entry) + " has other bytes.");
            }
        }
        return differences;
    }

    private static void refuseName(String name) {
        if (!harmless(name)) {
            throw new ArchiveRefused("The archive holds '" + shown(name) + "', " + LEADS_OUT);
        }
    }

    /** Whether an entry of this name would be written inside of its folder. */
    static boolean harmless(String name) {
        boolean leadsOut = name.startsWith("/") || name.contains("\\") || name.matches("(?s)[A-Za-z]:.*");
        for (String part : name.split("/", -1)) {
            leadsOut |= part.equals("..");
        }
        return !leadsOut && !name.isEmpty() && name.chars().noneMatch(character -> character < ' ');
    }

    private static String sha256(InputStream content) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            int read;
            while ((read = content.read(buffer)) >= 0) {
                sha256.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "…" : plain;
    }

    private static final class Budget {

        private long left;

        Budget(long left) {
            this.left = left;
        }

        void take(long bytes) {
            left -= bytes;
            if (left < 0) {
                throw new ArchiveRefused("The archive unpacks to more bytes than are read; it may be a trap.");
            }
        }
    }

    /** Counts what is unpacked and stops before it is too much. */
    private static final class Bounded extends InputStream {

        private final InputStream in;
        private final Budget budget;

        Bounded(InputStream in, Budget budget) {
            this.in = in;
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                budget.take(1);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                budget.take(read);
            }
            return read;
        }
    }
}
