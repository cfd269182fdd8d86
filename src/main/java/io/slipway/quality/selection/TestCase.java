package io.slipway.quality.selection;

/**
 * A test as its reports tell of it.
 *
 * @param number number among all tests
 * @param component the part of the system that it tests: the last part of the package of its class
 * @param runs reports in which it ran
 * @param failures how often it failed
 * @param flakes how often it passed only when repeated
 * @param millis how long it took last
 * @param criticality from 1, nobody minds, to 5, the business stands still
 */
public record TestCase(
        long number, String name, String component, int runs, int failures, int flakes, long millis, int criticality) {

    /** How likely it finds a fault, from its history; a test that never ran is as likely to fail as not. */
    double likelihood() {
        return (failures + 0.5 * flakes + 1) / (runs + 2.0);
    }
}
