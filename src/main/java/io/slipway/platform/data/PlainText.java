package io.slipway.platform.data;

/** Which characters a text that people typed may have, whatever the way by which it comes in. */
public final class PlainText {

    private PlainText() {}

    /**
     * Whether a text has lines, tabs and characters that can be written down, and nothing else: no other character that controls a
     * device, a mail or a log, and no half of a pair of UTF-16, which no database and no file in UTF-8 can keep.
     */
    public static boolean is(String text) {
        return text.codePoints().noneMatch(PlainText::isNone);
    }

    private static boolean isNone(int character) {
        boolean control =
                Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
        return control || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}
