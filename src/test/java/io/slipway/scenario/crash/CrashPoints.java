package io.slipway.scenario.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The places at which this program may die, numbered as it comes by them. At the one that it was told, by its name and how often it comes
 * by before, it ends as by {@code kill -9}: no finally, no shutdown hook, nothing written that was not written before.
 */
public final class CrashPoints {

    /** Name of the point to die at; without it the program lives. */
    static final String AT = "slipway.crash.at";

    /** At which time that it comes by there. */
    static final String TIME = "slipway.crash.time";

    /** File that takes one line for each point. */
    static final String LIST = "slipway.crash.list";

    /** How the program ends, as somebody who was killed with signal 9. */
    static final int KILLED = 137;

    private static final String DEATH = System.getProperty(AT, "");
    private static int timesLeft = Integer.getInteger(TIME, 1);
    private static int number;

    private CrashPoints() {}

    /** Comes by a point. */
    static synchronized void reach(String name) {
        number++;
        String file = System.getProperty(LIST, "");
        if (!file.isEmpty()) {
            try {
                Files.writeString(
                        Path.of(file),
                        number + " " + name + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (name.equals(DEATH) && --timesLeft == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Takes the place of {@link Files#move} in the classes of the program that keep files by renaming them. */
    public static Path move(Path from, Path to, CopyOption... options) throws IOException {
        String directory = String.valueOf(from.subpath(from.getNameCount() - 2, from.getNameCount() - 1));
        reach("before rename in " + directory);
        Path moved = Files.move(from, to, options);
        reach("after rename in " + directory);
        return moved;
    }
}
