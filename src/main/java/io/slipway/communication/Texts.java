package io.slipway.communication;

import io.slipway.release.OneLine;
import io.slipway.release.Refused;
import org.jspecify.annotations.Nullable;

/** Accepts what people type. */
final class Texts {

    private Texts() {}

    /**
     * A text that must be there.
     *
     * @throws Refused when it is missing or too long
     */
    static String required(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank() || text.strip().length() > longest) {
            throw new Refused(field, "'" + field + "' needs 1 to " + longest + " characters.");
        }
        return text.strip();
    }

    /**
     * A text that names something.
     *
     * @throws Refused when it is missing, too long or has more than one line
     */
    static String name(String field, @Nullable String text, int longest) {
        String name = required(field, text, longest);
        OneLine.require(field, name);
        return name;
    }

    /**
     * A text that may be missing.
     *
     * @throws Refused when it is too long
     */
    static String optional(String field, @Nullable String text, int longest) {
        return text == null || text.isBlank() ? "" : required(field, text, longest);
    }
}
