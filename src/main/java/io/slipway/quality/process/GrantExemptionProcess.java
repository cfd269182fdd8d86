package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/quality/grant-exemption.bpmn}. */
public final class GrantExemptionProcess {

    public static final String KEY = "grant-exemption";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the exemption. */
    public static final ProcessVariable<String> EXEMPTION = ProcessVariable.of("exemption", String.class);

    /** GRANTED or REFUSED. */
    public static final ProcessVariable<String> EXEMPTION_VERDICT =
            ProcessVariable.of("exemptionVerdict", String.class);

    private GrantExemptionProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        EXEMPTION_ASKED("startEvent_exemptionAsked"),
        GRANT_EXEMPTION("userTask_grantExemption"),
        IS_GRANTED("gateway_isGranted"),
        VALIDATE_EXEMPTION("userTask_validateExemption"),
        EXEMPTION_VALIDATED("endEvent_exemptionValidated"),
        EXEMPTION_REFUSED("endEvent_exemptionRefused");

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
