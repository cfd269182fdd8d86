package io.slipway.integration.planning;

/** The planning tool. */
public interface PlanningTool {

    /**
     * Tells of a change. A repetition with the same id changes nothing.
     *
     * @throws PlanningToolRefused when the tool does not accept it, and would not later either
     * @throws PlanningToolUnavailable when it cannot be told whether it arrived; repeat the call
     */
    void push(MilestoneChange change);

    /** Whether the tool keeps what it is told in the caller's transaction, so that it is told at once and never lags behind. */
    boolean transactional();
}
