package io.slipway.deployment.traffic;

import java.time.Instant;

/**
 * What was seen when somebody looked.
 *
 * @param number of the deployment
 * @param requests of the new version since it got the traffic
 * @param errors of these
 * @param recentRequests of these the latest
 * @param recentErrors of the latest
 * @param beforeRequests of the version before, right before the switch
 * @param beforeErrors of these
 * @param threshold share of errors that is accepted
 * @param sentence the verdict with its reason
 */
public record TrafficLook(
        String environment,
        int number,
        String service,
        Instant at,
        long requests,
        long errors,
        long recentRequests,
        long recentErrors,
        long beforeRequests,
        long beforeErrors,
        double threshold,
        Verdict verdict,
        String sentence) {

    /** What follows from a look. */
    public enum Verdict {
        /** Nobody could count, or too few requests came: nothing is known. */
        UNKNOWN("Not known"),
        ACCEPTED("Accepted"),
        SUSPICIOUS("Suspicious"),
        BREACHED("Breached");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Share of failed requests; 0 when there were none. */
    public double errorRate() {
        return requests == 0 ? 0 : (double) errors / requests;
    }
}
