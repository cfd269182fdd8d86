package io.slipway.integration.secrets;

import java.util.Optional;

/**
 * Where secrets are kept. A secret has a name, 1 to 100 of the characters {@code A-Za-z0-9._-}; only the name may be written down
 * anywhere.
 */
public interface Secrets {

    /**
     * Whether a secret of this name can be read; its value is not given out.
     *
     * @throws SecretsUnavailable when the keeper does not answer or is open to others
     */
    boolean knows(String name);

    /**
     * The value of a secret, for whoever hands it to a service at this moment. It must reach no log, variable, mail or record.
     *
     * @return empty when there is none of this name
     * @throws SecretsUnavailable when the keeper does not answer or is open to others
     */
    Optional<Secret> read(String name);

    /** A value that does not show itself where it is printed by mistake. */
    final class Secret {

        private final String value;

        /** Wraps a value. */
        public Secret(String value) {
            this.value = value;
        }

        /** The value itself. */
        public String reveal() {
            return value;
        }

        @Override
        public String toString() {
            return "a secret";
        }
    }
}
