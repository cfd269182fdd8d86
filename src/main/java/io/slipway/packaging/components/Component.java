package io.slipway.packaging.components;

import java.util.Optional;

/**
 * A component that a bill of materials names.
 *
 * @param type such as {@code library}
 * @param group empty where it has none
 * @param version exactly as it stands there; empty where it has none
 * @param purl package URL; empty where it has none
 * @param digest SHA-256 or better with the name of its algorithm; empty where it has none
 */
public record Component(String type, String group, String name, String version, String purl, Optional<String> digest) {

    /** Group and name, as people call it. */
    public String coordinates() {
        return group.isEmpty() ? name : group + ":" + name;
    }
}
