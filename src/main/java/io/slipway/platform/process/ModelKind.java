package io.slipway.platform.process;

import java.util.Arrays;
import java.util.Optional;

/** What a version can be of. */
public enum ModelKind {
    PROCESS(".bpmn"),
    DECISION(".dmn"),
    FORM(".form");

    private final String suffix;

    ModelKind(String suffix) {
        this.suffix = suffix;
    }

    /** Whether a file of this name holds one of this kind. */
    boolean holds(String file) {
        return file.endsWith(suffix);
    }

    /** What a file of this name holds; empty when it holds no model. */
    static Optional<ModelKind> of(String file) {
        return Arrays.stream(values()).filter(kind -> kind.holds(file)).findFirst();
    }

    /** The key of what a file holds: its name without folders and suffix. */
    static String keyOf(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }
}
