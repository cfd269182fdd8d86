package io.slipway.packaging;

import io.slipway.release.SealedPackage;
import java.util.List;

/** What came of sealing. */
public sealed interface Sealing {

    /** The package is sealed. */
    record Sealed(SealedPackage sealed) implements Sealing {}

    /**
     * Nothing was sealed.
     *
     * @param shortcomings what is missing or too much, one sentence each
     */
    record Incomplete(List<String> shortcomings) implements Sealing {

        /** Keeps a copy of the list. */
        public Incomplete {
            shortcomings = List.copyOf(shortcomings);
        }
    }
}
