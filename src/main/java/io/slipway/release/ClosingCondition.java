package io.slipway.release;

import java.util.List;

/** Something that must hold before a release is closed. Which names must be there is data. */
public interface ClosingCondition {

    /** Stable name, such as {@code register}. */
    String name();

    /** What was looked at and what was found. */
    Finding evaluate(Release release);

    /**
     * The finding of one condition.
     *
     * @param met whether it holds
     * @param evidence what was looked at, one line
     * @param remedies what to do about it, one sentence each; empty when it holds
     */
    record Finding(boolean met, String evidence, List<String> remedies) {}
}
