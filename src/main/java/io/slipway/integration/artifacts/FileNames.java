package io.slipway.integration.artifacts;

import io.slipway.platform.text.Beginning;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that handed-in files may have, so that they can be written to any file system and read in any list. */
public final class FileNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@+][A-Za-z0-9_.@+-]{0,99}");

    private FileNames() {}

    /** What is wrong with a name, as one sentence with the remedy; empty when nothing is. */
    public static Optional<String> problem(String name) {
        if (NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        if (name.isBlank()) {
            return Optional.of("The file has no name; please choose a file.");
        }
        return Optional.of(
                "'" + shown(name) + "' cannot be the name of a file here; please use 1 to 100 of the letters A to Z,"
                        + " digits and . _ @ + -, without a folder and not beginning with a dot or dash.");
    }

    /** Keeps control characters and endless names out of the sentence. */
    private static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return Beginning.marked(plain, 61);
    }
}
