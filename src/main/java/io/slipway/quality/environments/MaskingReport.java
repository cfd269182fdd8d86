package io.slipway.quality.environments;

import java.util.List;

/**
 * What the check of a clone found; no value of the data itself.
 *
 * @param originalRows rows before masking
 * @param cloneRows rows of the clone
 * @param volume percent of the rows that the clone has
 * @param findings one for each masked column and each reference
 */
public record MaskingReport(long originalRows, long cloneRows, int volume, List<Finding> findings) {

    /** Keeps a copy of the list. */
    public MaskingReport {
        findings = List.copyOf(findings);
    }

    /** One check. */
    public record Finding(String check, boolean met, String detail) {}

    /** Whether something was checked and nothing is left to do. */
    public boolean clean() {
        return cloneRows > 0 && !findings.isEmpty() && findings.stream().allMatch(Finding::met);
    }
}
