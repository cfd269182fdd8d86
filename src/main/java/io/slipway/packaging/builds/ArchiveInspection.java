package io.slipway.packaging.builds;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Looks through an archive and the archives inside it for what would do harm where it is unpacked: names that lead out of the folder,
 * links and devices, traps that unpack to far more than they are, a table of contents that says something else than what is there.
 * Everything is read once as a stream; bytes, entries, depth and what is said about them are bounded.
 */
final class ArchiveInspection {

    /** Most archives inside each other. */
    static final int DEEPEST = 4;

    /** Most times its own size that an archive may unpack to, once that is more than a few megabytes. */
    static final int MOST_TIMES = 200;

    private static final long FEW_BYTES = 10L << 20;
    private static final int MOST_SENTENCES = 20;
    private static final int BUFFER = 64 * 1024;
    private static final int ENTRY = 0x04034b50;
    private static final int CENTRAL_ENTRY = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int DIRECTORY = 0x4000;

    private final List<String> harms = new ArrayList<>();
    private long left = Archives.MOST_BYTES;
    private int entriesLeft = Archives.MOST_ENTRIES;
    private boolean leadsOut;
    private final byte[] unread = new byte[BUFFER];

    private ArchiveInspection() {}

    /**
     * What was found.
     *
     * @param harms one sentence each; empty when there is none, or the content is no archive
     * @param leadsOut whether the first of them is a name that leads out of its folder
     */
    record Found(List<String> harms, boolean leadsOut) {

        static final Found NONE = new Found(List.of(), false);

        Found {
            harms = List.copyOf(harms);
        }
    }

    /** There is no sense in reading on. */
    private static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stop(String harm) {
            super(harm);
        }
    }

    /**
     * Looks through a file.
     *
     * @param content read to its end unless it is a trap, and not closed
     */
    static Found of(InputStream content) throws IOException {
        ArchiveInspection inspection = new ArchiveInspection();
        try {
            inspection.look("", content, 1);
        } catch (Stop stop) {
            inspection.harm(String.valueOf(stop.getMessage()));
        }
        return new Found(inspection.harms, inspection.leadsOut);
    }

    private void look(String path, InputStream content, int depth) throws IOException {
        byte[] start = content.readNBytes(4);
        int magic = start.length < 4
                ? 0
                : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
        boolean archive = magic == ENTRY || magic == END;
        if (!archive && depth > 1) {
            drain(content);
            return;
        }
        if (depth > DEEPEST) {
            throw new Stop("It holds archives more than " + DEEPEST + " deep inside each other; please unpack them.");
        }
        Tail tail = new Tail(new SequenceInputStream(new ByteArrayInputStream(start), content));
        BufferedInputStream in = new BufferedInputStream(tail, BUFFER);
        Set<String> names = new HashSet<>();
        if (archive) {
            try {
                entries(path, in, tail, names, depth);
            } catch (ZipException | EOFException | IllegalArgumentException e) {
                harm(archive(path) + " is damaged: " + Archives.shown(String.valueOf(e.getMessage())));
                drain(in);
                return;
            }
        }
        drain(in);
        contents(path, tail, names, archive);
    }

    /** Reads the rest: the table of contents stands at the end, and stores find out damaged bytes only there. */
    private void drain(InputStream in) throws IOException {
        int read = 0;
        while (read >= 0) {
            read = in.read(unread);
        }
    }

    // Not closed, because the stream is the caller's.
    @SuppressWarnings("resource")
    private void entries(String path, InputStream in, Tail tail, Set<String> names, int depth) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        long unpackedHere = 0;
        ZipEntry entry;
        while ((entry = zip.getNextEntry()) != null) {
            String name = entry.getName();
            name(path, name);
            if (!names.add(name)) {
                harm(archive(path) + " holds '" + Archives.shown(name) + "' twice; please build it again.");
            }
            if (--entriesLeft < 0) {
                throw new Stop("The archive has more than " + Archives.MOST_ENTRIES + " entries.");
            }
            if (!entry.isDirectory()) {
                Unpacked unpacked = new Unpacked(zip, tail, unpackedHere);
                look(path + Archives.shown(name) + "!", unpacked, depth + 1);
                unpackedHere = unpacked.all;
            }
        }
    }

    private void name(String path, String name) {
        if (!Archives.harmless(name)) {
            if (harms.isEmpty()) {
                leadsOut = true;
            }
            harm(archive(path) + " holds '" + Archives.shown(name) + "', " + Archives.LEADS_OUT);
        }
    }

    /** Reads the table of contents at the end, by which other programs unpack; only files and folders may be in it. */
    private void contents(String path, Tail tail, Set<String> names, boolean archive) {
        ByteBuffer last = ByteBuffer.wrap(tail.last()).order(ByteOrder.LITTLE_ENDIAN);
        int end = last.capacity() - END_LENGTH;
        while (end >= 0
                && (last.getInt(end) != END
                        || end + END_LENGTH + Short.toUnsignedInt(last.getShort(end + 20)) != last.capacity())) {
            end--;
        }
        if (end < 0) {
            if (archive) {
                harm(archive(path) + " is damaged: it has no table of contents.");
            }
            return;
        }
        if (!archive) {
            harm(archive(path) + " begins with something else than its first entry; please build it without that.");
            return;
        }
        int entries = Short.toUnsignedInt(last.getShort(end + 10));
        long length = Integer.toUnsignedLong(last.getInt(end + 12));
        if (length > end) {
            harm(archive(path) + " has a table of contents that is too large to be looked through.");
            return;
        }
        Set<String> listed = new HashSet<>();
        int position = end - (int) length;
        for (int entry = 0; entry < entries; entry++) {
            if (position + CENTRAL_LENGTH > end || last.getInt(position) != CENTRAL_ENTRY) {
                harm(archive(path) + " is damaged: its table of contents cannot be read.");
                return;
            }
            int nameLength = Short.toUnsignedInt(last.getShort(position + 28));
            int next = position
                    + CENTRAL_LENGTH
                    + nameLength
                    + Short.toUnsignedInt(last.getShort(position + 30))
                    + Short.toUnsignedInt(last.getShort(position + 32));
            if (next > end) {
                harm(archive(path) + " is damaged: its table of contents cannot be read.");
                return;
            }
            byte[] bytes = new byte[nameLength];
            last.get(position + CENTRAL_LENGTH, bytes);
            String name = new String(bytes, StandardCharsets.UTF_8);
            if (listed.add(name) && !names.contains(name)) {
                name(path, name);
            }
            int type = (last.getInt(position + 38) >>> 16) & FILE_TYPE;
            if (type != 0 && type != REGULAR_FILE && type != DIRECTORY) {
                harm(archive(path) + " holds '" + Archives.shown(name)
                        + "', which is a symbolic link or another special file; please build it again without such.");
            }
            position = next;
        }
        if (!listed.equals(names)) {
            harm(archive(path) + " lists other files in its table of contents than it holds; please build it again.");
        }
    }

    private static String archive(String path) {
        return path.isEmpty() ? "The archive" : "The archive '" + path.substring(0, path.length() - 1) + "' inside it";
    }

    private void harm(String sentence) {
        if (harms.size() < MOST_SENTENCES) {
            harms.add(sentence);
        } else if (harms.size() == MOST_SENTENCES) {
            harms.add("There is more of that kind in it.");
        }
    }

    /** Counts what an archive unpacks to, and stops before it is too much by itself or for what it is. */
    private final class Unpacked extends InputStream {

        private final InputStream in;
        private final Tail packed;
        private long all;

        Unpacked(InputStream in, Tail packed, long before) {
            this.in = in;
            this.packed = packed;
            this.all = before;
        }

        private void take(long bytes) {
            left -= bytes;
            all += bytes;
            if (left < 0) {
                throw new Stop("The archive unpacks to more bytes than are read; it may be a trap.");
            }
            if (all > FEW_BYTES && all > MOST_TIMES * packed.count) {
                throw new Stop("The archive unpacks to more than " + MOST_TIMES + " times its size; it may be a trap.");
            }
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                take(1);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                take(read);
            }
            return read;
        }
    }

    /** Passes bytes on, counts them and keeps the last of them, among which is the table of contents. */
    private static final class Tail extends InputStream {

        private static final int MOST = 4 << 20;

        private final InputStream in;
        private byte[] kept = new byte[BUFFER];
        private long count;

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                keep(bytes, offset, read);
            }
            return read;
        }

        private void keep(byte[] bytes, int offset, int length) {
            while (kept.length < MOST && count + length > kept.length) {
                kept = Arrays.copyOf(kept, kept.length * 2);
            }
            for (int done = 0; done < length; ) {
                int place = (int) (count % kept.length);
                int some = Math.min(length - done, kept.length - place);
                System.arraycopy(bytes, offset + done, kept, place, some);
                count += some;
                done += some;
            }
        }

        byte[] last() {
            int size = (int) Math.min(count, kept.length);
            byte[] last = new byte[size];
            int start = (int) ((count - size) % kept.length);
            int some = Math.min(size, kept.length - start);
            System.arraycopy(kept, start, last, 0, some);
            System.arraycopy(kept, 0, last, some, size - some);
            return last;
        }
    }
}
