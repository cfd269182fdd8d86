package io.slipway.platform.web;

import java.util.Set;

/**
 * Who reads a page or calls the API, as the database has it at this request. A parameter of this type can stand in every controller.
 *
 * @param person opaque id of the person
 * @param name what others read
 * @param groups ids of the person's groups
 */
public record Viewer(String person, String name, Set<String> groups) {

    /** Keeps its own copy of the groups. */
    public Viewer {
        groups = Set.copyOf(groups);
    }
}
