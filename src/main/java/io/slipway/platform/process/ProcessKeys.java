package io.slipway.platform.process;

/** Reads the key out of the engine's id of a definition, {@code key:version:id}. */
public final class ProcessKeys {

    private ProcessKeys() {}

    /** Key of the definition with this id. */
    public static String of(String definitionId) {
        return definitionId.substring(0, definitionId.indexOf(':'));
    }
}
