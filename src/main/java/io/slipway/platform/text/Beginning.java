package io.slipway.platform.text;

/**
 * The beginning of a text that is longer than a place for it. It ends between two characters: half of one that takes two places in Java,
 * as all beyond the first plane do, could be neither kept nor sent.
 */
public final class Beginning {

    private static final String MORE = "…";

    private Beginning() {}

    /** As much of a text as fits. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean within = most > 0 && Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most));
        return text.substring(0, within ? most - 1 : most);
    }

    /** The text where it fits; otherwise as much of it as fits together with dots that say that there was more. */
    public static String marked(String text, int most) {
        return text.length() <= most ? text : of(text, most - MORE.length()) + MORE;
    }
}
