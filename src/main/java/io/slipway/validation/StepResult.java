package io.slipway.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.platform.data.Canonical;
import java.util.ArrayList;
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

    /** Reads results as they are kept. */
    static List<StepResult> read(String text) {
        List<StepResult> results = new ArrayList<>();
        for (JsonNode step : Canonical.read(text)) {
            List<Finding> findings = new ArrayList<>();
            for (JsonNode finding : step.path("findings")) {
                findings.add(new Finding(
                        finding.path("what").asText(),
                        finding.path("expected").asText(),
                        finding.path("found").asText(),
                        finding.path("met").asBoolean()));
            }
            results.add(new StepResult(
                    step.path("step").asText(), step.path("request").asText(), findings));
        }
        return results;
    }

    /** Whether everything was as expected. */
    public boolean passed() {
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
