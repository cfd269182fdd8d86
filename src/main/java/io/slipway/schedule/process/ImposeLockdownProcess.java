package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/schedule/impose-lockdown.bpmn}. */
public final class ImposeLockdownProcess {

    public static final String KEY = "impose-lockdown";

    /** ENFORCED, or anything else when it was rejected. */
    public static final ProcessVariable<String> LOCKDOWN_STATE = ProcessVariable.of("lockdownState", String.class);

    private ImposeLockdownProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        LOCKDOWN_PROPOSED("startEvent_lockdownProposed"),
        APPROVE_LOCKDOWN("userTask_approveLockdown"),
        ENFORCE_LOCKDOWN("serviceTask_enforceLockdown"),
        IS_ENFORCED("gateway_isEnforced"),
        LIFT_LOCKDOWN("userTask_liftLockdown"),
        END_LOCKDOWN("serviceTask_endLockdown"),
        LOCKDOWN_ENDED("endEvent_lockdownEnded"),
        LOCKDOWN_REJECTED("endEvent_lockdownRejected");

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
