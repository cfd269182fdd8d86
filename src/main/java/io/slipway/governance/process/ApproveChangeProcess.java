package io.slipway.governance.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.List;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What code knows of {@code bpmn/governance/approve-change.bpmn}. */
public final class ApproveChangeProcess {

    public static final String KEY = "approve-change";

    /** A group that has to approve has rejected the change. */
    public static final String CHANGE_REJECTED = "CHANGE_REJECTED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Whether data is migrated. */
    public static final ProcessVariable<Boolean> DATA_MIGRATION = ProcessVariable.of("dataMigration", Boolean.class);

    /** Whether a template of a standard change authorises the release. */
    public static final ProcessVariable<Boolean> STANDARD_CHANGE = ProcessVariable.of("standardChange", Boolean.class);

    /** LOW, MODERATE or HIGH. */
    public static final ProcessVariable<String> RISK_LEVEL = ProcessVariable.of("riskLevel", String.class);

    /** Groups that have to approve. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> APPROVAL_GROUPS = ProcessVariable.of("approvalGroups", List.class);

    /** The group that is asked in one of the parallel tasks. */
    public static final ProcessVariable<String> APPROVAL_GROUP = ProcessVariable.of("approvalGroup", String.class);

    /** APPROVED or REJECTED; something else, never nothing, while the approval is open. */
    public static final ProcessVariable<String> APPROVAL_VERDICT = ProcessVariable.of("approvalVerdict", String.class);

    /** Verdict while groups are asked; the completion condition of the parallel tasks needs one. */
    static final String OPEN = "OPEN";

    static final String APPROVED = "APPROVED";
    static final String REJECTED = "REJECTED";

    private ApproveChangeProcess() {}

    /** Groups that the decision gave to the process. */
    static List<String> groups(VariableScope scope) {
        return ((List<?>) APPROVAL_GROUPS.require(scope))
                .stream().map(String::valueOf).toList();
    }

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        APPROVAL_OPENED("startEvent_approvalOpened"),
        OPEN_CHANGE("serviceTask_openChange"),
        ASSESS_RISK("userTask_assessRisk"),
        APPROVAL_REQUIREMENTS("businessRuleTask_approvalRequirements"),
        OPEN_APPROVALS("serviceTask_openApprovals"),
        APPROVE_CHANGE("userTask_approveChange"),
        CONCLUDE_APPROVAL("serviceTask_concludeApproval"),
        IS_APPROVED("gateway_isApproved"),
        CHANGE_APPROVED("endEvent_changeApproved"),
        CHANGE_REJECTED("endEvent_changeRejected");

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
