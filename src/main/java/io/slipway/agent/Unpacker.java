package io.slipway.agent;

import io.slipway.agent.Refusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a zip archive without trusting it: no entry leaves the directory, no symbolic link, no entry twice, and bounds on the
 * number of entries and on what they unpack to.
 */
final class Unpacker {

    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int DIRECTORY = 0x4000;

    private final int maximumEntries;
    private final long maximumBytes;

    Unpacker(int maximumEntries, long maximumBytes) {
        this.maximumEntries = maximumEntries;
        this.maximumBytes = maximumBytes;
    }

    void unpack(Path archive, Path directory) throws IOException {
        refuseSpecialFiles(archive);
        long left = maximumBytes;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > maximumEntries) {
                throw new Refusal(Kind.TOO_LARGE, "The archive has more than " + maximumEntries + " entries");
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path destination = inside(directory, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(destination);
                    continue;
                }
                Files.createDirectories(DurableFiles.parentOf(destination));
                try (InputStream in = zip.getInputStream(entry)) {
                    long bytes = DurableFiles.copyBounded(in, destination, left);
                    if (bytes < 0) {
                        throw new Refusal(
                                Kind.TOO_LARGE, "The archive unpacks to more than " + maximumBytes + " bytes");
                    }
                    left -= bytes;
                }
            }
        } catch (FileAlreadyExistsException twice) {
            throw new Refusal(
                    Kind.UNSAFE_PACKAGE, "Two files of the package have the same name: " + relative(directory, twice));
        } catch (ZipException damaged) {
            throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive is damaged: " + damaged.getMessage());
        }
    }

    private static String relative(Path directory, FileAlreadyExistsException twice) {
        return directory.relativize(Path.of(twice.getFile())).toString();
    }

    /** The place of an entry below the directory; a name that would lead elsewhere is refused. */
    private static Path inside(Path directory, String name) {
        boolean suspicious = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(c -> c < 0x20);
        for (String segment : name.split("/", -1)) {
            suspicious |= segment.equals("..") || segment.equals(".");
        }
        Path destination = suspicious ? directory : directory.resolve(name).normalize();
        if (suspicious || !destination.startsWith(directory) || destination.equals(directory)) {
            throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive has an entry with an unsafe name: " + printable(name));
        }
        return destination;
    }

    private static String printable(String name) {
        String beginning = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return beginning.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Reads the file types from the central directory, which the JDK does not expose: only regular files and directories may be
     * in the archive. Archives beyond 4 GiB or 65,535 entries are refused with it.
     */
    private void refuseSpecialFiles(Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer tail =
                    read(channel, Math.max(0, size - END_LENGTH - 0xFFFF), (int) Math.min(size, END_LENGTH + 0xFFFF));
            int end = tail.capacity() - END_LENGTH;
            while (end >= 0 && tail.getInt(end) != END_OF_DIRECTORY) {
                end--;
            }
            if (end < 0) {
                throw new Refusal(Kind.UNSAFE_PACKAGE, "The content is not a zip archive");
            }
            int entries = Short.toUnsignedInt(tail.getShort(end + 10));
            long length = Integer.toUnsignedLong(tail.getInt(end + 12));
            long offset = size - tail.capacity() + end - length;
            if (entries == 0xFFFF || entries > maximumEntries) {
                throw new Refusal(Kind.TOO_LARGE, "The archive has more than " + maximumEntries + " entries");
            }
            if (offset < 0 || length > Integer.MAX_VALUE) {
                throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive's directory is damaged");
            }
            ByteBuffer directory = read(channel, offset, (int) length);
            int position = 0;
            for (int entry = 0; entry < entries; entry++) {
                if (position + 46 > directory.capacity() || directory.getInt(position) != CENTRAL_HEADER) {
                    throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive's directory is damaged");
                }
                int type = (directory.getInt(position + 38) >>> 16) & FILE_TYPE;
                if (type != 0 && type != REGULAR_FILE && type != DIRECTORY) {
                    throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive has a symbolic link or another special file");
                }
                position += 46
                        + Short.toUnsignedInt(directory.getShort(position + 28))
                        + Short.toUnsignedInt(directory.getShort(position + 30))
                        + Short.toUnsignedInt(directory.getShort(position + 32));
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            // read on until all of it is there
        }
        if (buffer.hasRemaining()) {
            throw new Refusal(Kind.UNSAFE_PACKAGE, "The archive is cut off");
        }
        return buffer;
    }
}
