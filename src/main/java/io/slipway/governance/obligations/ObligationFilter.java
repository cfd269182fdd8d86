package io.slipway.governance.obligations;

import io.slipway.release.Obligations.Kind;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which obligations are looked for; empty texts restrict nothing.
 *
 * @param state OPEN, OVERDUE or FULFILLED
 * @param kind name of a {@link Kind}
 * @param system key of a system
 * @param owner group of the role that owes it
 */
public record ObligationFilter(String state, String kind, String system, String owner) {

    /** Where an obligation stands. */
    public enum State {
        OPEN("Open"),
        OVERDUE("Overdue"),
        FULFILLED("Fulfilled");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * Checks what is given.
     *
     * @throws Refused naming the field that says nothing known
     */
    public ObligationFilter {
        if (!state.isEmpty()
                && Arrays.stream(State.values()).noneMatch(known -> known.name().equals(state))) {
            throw new Refused("state", "'state' must be OPEN, OVERDUE or FULFILLED.");
        }
        if (!kind.isEmpty()
                && Arrays.stream(Kind.values()).noneMatch(known -> known.name().equals(kind))) {
            throw new Refused("kind", "'kind' must be one of " + Arrays.toString(Kind.values()) + ".");
        }
        if (system.length() > 64) {
            throw new Refused("system", "'system' is the key of a system, at most 64 characters.");
        }
        if (!owner.isEmpty() && Role.ofGroup(owner).isEmpty()) {
            throw new Refused("owner", "'owner' must be the group of a role, such as release-manager.");
        }
    }

    /** Everything that is open. */
    public static ObligationFilter open() {
        return new ObligationFilter(State.OPEN.name(), "", "", "");
    }

    /** Whether anything is restricted but the usual. */
    public boolean any() {
        return !equals(open());
    }

    /** The state that is looked for. */
    Optional<State> wanted() {
        return state.isEmpty() ? Optional.empty() : Optional.of(State.valueOf(state));
    }
}
