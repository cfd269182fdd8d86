package io.slipway.communication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an executive reads of a release.
 *
 * @param statements computed from records, each naming its own
 * @param added what a person wrote; regenerating keeps it
 * @param decision the decision that is needed, as a person wrote it
 * @param writtenBy opaque id of the person
 */
public record Summary(
        List<Statement> statements,
        Optional<Instant> windowStart,
        Optional<Instant> windowEnd,
        String added,
        String decision,
        Optional<String> writtenBy,
        Optional<Instant> writtenAt) {

    /** Copies the statements. */
    public Summary {
        statements = List.copyOf(statements);
    }

    /**
     * A sentence.
     *
     * @param heading what it is about
     * @param text the sentence; a moment in it is written as {@code {start}} or {@code {end}} and told in the zone of the reader
     * @param record name of the record that it comes from
     * @param link where that record is read
     */
    public record Statement(String heading, String text, String record, String link) {}
}
