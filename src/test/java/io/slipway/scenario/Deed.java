package io.slipway.scenario;

/**
 * Something that moves a release: a job of the engine, a piece of external work, a task of a person.
 *
 * @param process key of the process
 * @param activity id of the element of the model
 */
public record Deed(Kind kind, String process, String activity) {

    /** Who would do it outside of tests. */
    public enum Kind {
        JOB,
        WORK,
        TASK
    }

    /** Does a deed, and what it likes before and after it. */
    @FunctionalInterface
    public interface Around {

        /** Does every deed and nothing else. */
        Around NOTHING = (deed, work) -> work.run();

        /** Does this one. */
        void each(Deed deed, Runnable work);
    }

    @Override
    public String toString() {
        return process + " " + activity;
    }
}
