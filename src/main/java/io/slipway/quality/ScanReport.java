package io.slipway.quality;

import java.util.List;

/**
 * What a security scan says, counted from its single results.
 *
 * @param runs runs of a tool that tell results, even if none; a run without a list of results did not scan
 * @param tools names of the tools
 * @param errors results of level error
 * @param warnings results of level warning; the level that holds where neither result nor rule says one
 * @param notes results of level note
 * @param others results of level none: what passed, does not apply or is for information
 * @param requests results that the tool itself calls suppressed; they are asked for and suppress nothing
 */
public record ScanReport(int runs, List<String> tools, int errors, int warnings, int notes, int others, int requests) {

    /** Keeps a copy of the list. */
    public ScanReport {
        tools = List.copyOf(tools);
    }

    /** All results. */
    public int results() {
        return errors + warnings + notes + others;
    }
}
