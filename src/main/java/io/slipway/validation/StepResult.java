package io.slipway.validation;

import java.util.List;

/**
 * What a step of a synthetic check expected and found.
 *
 * @param step what the step does
 * @param request method and address
 * @param findings one for each thing that was looked at
 */
public record StepResult(String step, String request, List<Finding> findings) {

    /** Keeps its own copy of the list. */
    public StepResult {
        findings = List.copyOf(findings);
    }

    /** Whether everything was as expected. */
    boolean passed() {
        return findings.stream().allMatch(Finding::met);
    }

    /**
     * One thing that was looked at.
     *
     * @param what such as {@code status} or a JSON pointer
     * @param met whether it was as expected
     */
    public record Finding(String what, String expected, String found, boolean met) {

        static Finding of(String what, String expected, String found) {
            return new Finding(what, expected, found, expected.equals(found));
        }
    }
}
