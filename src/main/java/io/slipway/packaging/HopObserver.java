package io.slipway.packaging;

import io.slipway.release.Release;
import java.util.Optional;

/** Is told whenever the bytes of a file of a package were hashed. */
public interface HopObserver {

    /** Where on its way a file was hashed. */
    enum Hop {
        HANDED_IN("Handed in"),
        BUILT("Built again"),
        SEALED("Sealed"),
        READ_BACK("Read back from the store"),
        BEFORE_SHIPPING("Before it was shipped"),
        BEFORE_PRODUCTION("Before production was touched"),
        LIVE("Live, read back from the target");

        private final String label;

        Hop(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * Takes down what was found.
     *
     * @param expected SHA-256 that the file must have
     * @param found SHA-256 of the bytes that were there; empty when there were none
     */
    void hashed(
            Release release, int round, Hop hop, String place, String file, String expected, Optional<String> found);
}
