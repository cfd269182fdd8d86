package io.slipway.scope;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why an item is wanted. */
public enum ItemKind {
    FEATURE("feature", "Feature"),
    PATCH("patch", "Patch"),
    TECHNICAL_DEBT("technical-debt", "Technical debt"),
    REGULATORY("regulatory", "Regulatory"),
    SECURITY("security", "Security");

    private final String word;
    private final String label;

    ItemKind(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** The word that stands for it in a file of items. */
    public String word() {
        return word;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** Whether an item of this kind is wanted whatever its value. */
    boolean obligatory() {
        return this == REGULATORY || this == SECURITY;
    }

    static Optional<ItemKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(ItemKind::word).collect(Collectors.joining(", "));
    }
}
