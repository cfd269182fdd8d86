package io.slipway.platform.process;

/** An element of a model that code knows by its id; one enum per process lists them all. */
public interface ElementId {

    /** The id as it stands in the model, such as {@code userTask_confirmScope}. */
    String id();
}
