package io.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a phase keeps about people beside their opaque ids, such as addresses of recipients; asked when a person wants a copy or erasure. */
public interface PersonalData {

    /** Name under which it stands in a copy, such as {@code communication}. */
    String name();

    /** The tables in which it stands, and what becomes of each at erasure. */
    default List<PersonalPlace> places() {
        return List.of();
    }

    /** What is kept about a person, row by row; at most ten thousand rows. */
    List<Map<String, String>> of(String person);

    /** Until when something of it must be kept, and why, such as for a party of a waiver; empty when nothing stands against erasure. */
    Optional<Kept> keptUntil(String person);

    /** Erases what is kept about a person; doing it again changes nothing. */
    void erase(String person);

    /**
     * That something must be kept.
     *
     * @param until first moment at which it may be erased
     * @param ground why, as the rest of a sentence
     */
    record Kept(Instant until, String ground) {}
}
