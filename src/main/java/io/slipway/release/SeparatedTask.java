package io.slipway.release;

/** A user task whose completion gives the person a part in the release, and so keeps that person from the other parts. */
public interface SeparatedTask {

    /** The part that completing the task gives. */
    Part part();
}
