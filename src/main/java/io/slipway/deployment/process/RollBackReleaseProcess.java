package io.slipway.deployment.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.List;

/** What code knows of {@code bpmn/deployment/roll-back-release.bpmn}. */
public final class RollBackReleaseProcess {

    public static final String KEY = "roll-back-release";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Key of the environment that is worked on. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** Steps to undo, the last one done first. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> UNDO_STEPS = ProcessVariable.of("undoSteps", List.class);

    /** The step that is undone. */
    public static final ProcessVariable<String> UNDO_STEP = ProcessVariable.of("undoStep", String.class);

    /** RETRY or END. */
    public static final ProcessVariable<String> ROLLBACK_DECISION =
            ProcessVariable.of("rollbackDecision", String.class);

    private RollBackReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        ROLLBACK_OPENED("startEvent_rollbackOpened"),
        PLAN_ROLLBACK("serviceTask_planRollback"),
        UNDO_STEP("serviceTask_undoStep"),
        VERIFY_RESTORED("serviceTask_verifyRestored"),
        DECIDE_NEXT_STEP("userTask_decideNextStep"),
        ROLLED_BACK("endEvent_rolledBack");

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
