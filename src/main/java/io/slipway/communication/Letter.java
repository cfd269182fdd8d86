package io.slipway.communication;

import java.util.List;

/**
 * What one person is told. It is text and nothing else: how it looks is decided when it is sent.
 *
 * @param audience name of the audience as which the person reads it; empty where everybody reads the same
 * @param subject one line
 * @param paragraphs sentences
 * @param facts label and value; a value that is a moment by ISO 8601, or two of them with a stroke between, is written in the zone of
 *     the reader
 * @param sections further tables with a title
 * @param links where the reader is led, from the root of the application
 */
record Letter(
        String audience,
        String subject,
        List<String> paragraphs,
        List<Line> facts,
        List<Section> sections,
        List<Link> links) {

    Letter {
        paragraphs = List.copyOf(paragraphs);
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
        links = List.copyOf(links);
    }

    /** A line of a table. */
    record Line(String label, String value) {}

    /** A table with a title. */
    record Section(String title, List<Line> lines) {

        Section {
            lines = List.copyOf(lines);
        }
    }

    /** A link; its path begins with a stroke. */
    record Link(String label, String path) {}

    Letter with(String reader, List<Section> more) {
        return new Letter(reader, subject, paragraphs, facts, more, links);
    }
}
