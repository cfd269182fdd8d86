package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/schedule/settle-booking-conflict.bpmn}. */
public final class SettleBookingConflictProcess {

    public static final String KEY = "settle-booking-conflict";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Id of the conflict that is settled. */
    public static final ProcessVariable<String> CONFLICT_ID = ProcessVariable.of("conflictId", String.class);

    /** SETTLED, or anything else when the environment is still taken. */
    public static final ProcessVariable<String> SETTLEMENT_OUTCOME =
            ProcessVariable.of("settlementOutcome", String.class);

    private SettleBookingConflictProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        CONFLICT_FOUND("startEvent_conflictFound"),
        SETTLE("gateway_settle"),
        SETTLE_CONFLICT("userTask_settleConflict"),
        APPLY_SETTLEMENT("serviceTask_applySettlement"),
        IS_SETTLED("gateway_isSettled"),
        CONFLICT_SETTLED("endEvent_conflictSettled");

        private final String id;

        Element(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }
    }
}
