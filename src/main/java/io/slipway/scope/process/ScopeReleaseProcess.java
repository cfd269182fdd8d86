package io.slipway.scope.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/scope/scope-release.bpmn}. */
public final class ScopeReleaseProcess {

    public static final String KEY = "scope-release";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** CONFIRM or REWORK. */
    public static final ProcessVariable<String> SCOPE_DECISION = ProcessVariable.of("scopeDecision", String.class);

    /** NORMAL or EMERGENCY. */
    public static final ProcessVariable<String> URGENCY = ProcessVariable.of("urgency", String.class);

    /** Number of items that ask their consumers to act. */
    public static final ProcessVariable<Integer> BREAKING_ITEMS = ProcessVariable.of("breakingItems", Integer.class);

    /** From 1 to 5. */
    public static final ProcessVariable<Integer> HIGHEST_RISK = ProcessVariable.of("highestRisk", Integer.class);

    /** Whether an item migrates data. */
    public static final ProcessVariable<Boolean> DATA_MIGRATION = ProcessVariable.of("dataMigration", Boolean.class);

    /** Sum of the efforts of all items. */
    public static final ProcessVariable<Integer> EFFORT_TOTAL = ProcessVariable.of("effortTotal", Integer.class);

    /** 1 few, 2 many, 3 all. */
    public static final ProcessVariable<Integer> USERS_AFFECTED = ProcessVariable.of("usersAffected", Integer.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    private ScopeReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        SCOPE_OPENED("startEvent_scopeOpened"),
        SUPPLY("gateway_supply"),
        SUPPLY_ITEMS("userTask_supplyItems"),
        PROPOSE_SCOPE("serviceTask_proposeScope"),
        CONFIRM_SCOPE("userTask_confirmScope"),
        IS_CONFIRMED("gateway_isConfirmed"),
        FREEZE_SCOPE("serviceTask_freezeScope"),
        CLASSIFY_RELEASE("businessRuleTask_classifyRelease"),
        RECORD_CLASS("serviceTask_recordClass"),
        SCOPE_FROZEN("endEvent_scopeFrozen");

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
