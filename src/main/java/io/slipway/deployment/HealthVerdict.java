package io.slipway.deployment;

import java.util.List;

/**
 * Whether a service is fit for traffic.
 *
 * @param healthy whether enough answers in a row were good
 * @param inARow good answers in a row at the end
 * @param needed how many were needed
 * @param path what was asked for
 * @param seen every answer, in order
 */
public record HealthVerdict(boolean healthy, int inARow, int needed, String path, List<String> seen) {

    /** Keeps the answers as they are now. */
    public HealthVerdict {
        seen = List.copyOf(seen);
    }

    /** One sentence for people. */
    public String sentence() {
        String last = seen.isEmpty() ? "nothing was asked" : seen.get(seen.size() - 1);
        return healthy
                ? needed + " good answers in a row to " + path + " after " + seen.size() + " questions."
                : "Only " + inARow + " of " + needed + " good answers in a row to " + path + " after " + seen.size()
                        + " questions; the last one: " + last + ".";
    }
}
