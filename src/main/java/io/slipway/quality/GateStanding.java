package io.slipway.quality;

import java.util.List;
import java.util.Optional;

/**
 * Where a gate stands for the package that is sealed now.
 *
 * @param environment key of the environment
 * @param state whether it may be passed
 * @param sentence the state in words, with the remedy when the gate is open
 * @param evidence reports that count now, by name
 * @param verdict the latest verdict
 * @param waiver the latest waiver
 */
public record GateStanding(
        String environment,
        State state,
        String sentence,
        List<Evidence> evidence,
        Optional<GateVerdict> verdict,
        Optional<GateWaiver> waiver) {

    /** Whether a gate may be passed. */
    public enum State {
        PASSED("Passed"),
        WAIVED("Passed by waiver"),
        OPEN("Open");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Keeps a copy of the list. */
    public GateStanding {
        evidence = List.copyOf(evidence);
    }

    /** Whether what follows the environment may be done. */
    public boolean passable() {
        return state != State.OPEN;
    }
}
