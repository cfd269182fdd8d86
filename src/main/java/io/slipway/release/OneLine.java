package io.slipway.release;

/** What names something stands on one line: it becomes a heading, the subject of a mail or a cell of a table. */
public final class OneLine {

    private OneLine() {}

    /**
     * Accepts a text without line breaks, tabs and the like.
     *
     * @throws Refused when it has some
     */
    public static void require(String field, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(field, "Please write '" + field + "' on one line.");
        }
    }
}
