package io.slipway.validation.feedback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is the same in two tellings of one trouble: the words of an error without what differs each time, such as numbers, ids and
 * times.
 */
final class Signature {

    private static final Set<String> COMMON = Set.of(
            "the", "and", "for", "with", "from", "when", "that", "this", "are", "was", "not", "has", "have", "can",
            "cannot", "but", "they", "their", "release", "version");

    private Signature() {}

    static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT)
                        .replaceAll("[0-9a-f]{8,}", " ")
                        .replaceAll("[0-9]+", " ")
                        .split("[^\\p{L}]+"))
                .filter(word -> word.length() > 2 && !COMMON.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Shared words as a share of the smaller set, from 0 to 1; 0 where one of them says nothing. */
    static double likeness(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        Set<String> shared = new TreeSet<>(one);
        shared.retainAll(other);
        return (double) shared.size() / Math.min(one.size(), other.size());
    }
}
