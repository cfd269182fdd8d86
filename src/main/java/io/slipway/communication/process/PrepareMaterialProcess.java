package io.slipway.communication.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/communication/prepare-material.bpmn}. */
public final class PrepareMaterialProcess {

    public static final String KEY = "prepare-material";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the material. */
    public static final ProcessVariable<String> MATERIAL_ID = ProcessVariable.of("materialId", String.class);

    /** ACCEPT, or anything else when it is written again. */
    public static final ProcessVariable<String> MATERIAL_VERDICT = ProcessVariable.of("materialVerdict", String.class);

    private PrepareMaterialProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        MATERIAL_PLANNED("startEvent_materialPlanned"),
        PREPARE("gateway_prepare"),
        PREPARE_MATERIAL("userTask_prepareMaterial"),
        REVIEW_MATERIAL("userTask_reviewMaterial"),
        IS_MATERIAL_ACCEPTED("gateway_isMaterialAccepted"),
        SCHEDULE_MATERIAL("serviceTask_scheduleMaterial"),
        MATERIAL_SCHEDULED("endEvent_materialScheduled");

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
