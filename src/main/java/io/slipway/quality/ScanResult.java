package io.slipway.quality;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One result of a scan.
 *
 * @param level error, warning, note or none
 * @param path the file as the report names it, relative; empty when it names none
 * @param line first line; 0 when the report names none
 * @param snippet the code at the place; empty when the report has none
 * @param fingerprints what the tool calls the identity of the place across runs
 * @param requested whether the tool calls it suppressed
 * @param justification the tool's reason for that; empty when it gives none
 */
record ScanResult(
        String tool,
        String rule,
        Level level,
        String message,
        String path,
        int line,
        String snippet,
        SortedMap<String, String> fingerprints,
        boolean requested,
        String justification) {

    /** How bad it is. */
    enum Level {
        ERROR,
        WARNING,
        NOTE,
        NONE
    }

    ScanResult {
        fingerprints = new TreeMap<>(fingerprints);
    }
}
