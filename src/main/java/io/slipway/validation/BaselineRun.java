package io.slipway.validation;

import java.time.Instant;
import java.util.List;

/**
 * The synthetic journey against what was live before a release touched production.
 *
 * @param liveVersion version that was live; empty when nothing was
 * @param passed whether every step found what it expected
 */
public record BaselineRun(
        Instant startedAt,
        Instant endedAt,
        String baseUrl,
        String liveVersion,
        String liveDigest,
        boolean passed,
        List<StepResult> steps) {

    /** Copies the list. */
    public BaselineRun {
        steps = List.copyOf(steps);
    }

    /**
     * What a step of the journey found after the release in the light of what it found before.
     *
     * @param before "Passed", "Failed" or "Not run"
     * @param after likewise
     * @param verdict what that says of the release
     */
    public record Compared(String step, String before, String after, String verdict) {}

    /** Compares a later run step by step; the steps are known by their names. */
    public List<Compared> comparedWith(List<StepResult> after) {
        return after.stream()
                .map(step -> {
                    String earlier = steps.stream()
                            .filter(before -> before.step().equals(step.step()))
                            .findFirst()
                            .map(BaselineRun::outcome)
                            .orElse("Not run");
                    String later = outcome(step);
                    return new Compared(step.step(), earlier, later, verdict(earlier, later));
                })
                .toList();
    }

    private static String outcome(StepResult step) {
        return step.passed() ? "Passed" : "Failed";
    }

    private static String verdict(String before, String after) {
        if (after.equals("Passed")) {
            return switch (before) {
                case "Failed" -> "Better than before";
                case "Passed" -> "As before";
                default -> "New";
            };
        }
        return switch (before) {
            case "Failed" -> "Failed before as well";
            case "Passed" -> "Worse than before";
            default -> "Fails; nothing to compare with";
        };
    }
}
