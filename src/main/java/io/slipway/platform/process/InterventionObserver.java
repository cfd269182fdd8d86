package io.slipway.platform.process;

/** Is told of every intervention of a person, in the transaction of the intervention. */
public interface InterventionObserver {

    /** A person did something to the engine that no step and no page of Slipway tells of. */
    void intervened(Intervention intervention);
}
