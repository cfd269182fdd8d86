package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/schedule/hand-over-wave.bpmn}. */
public final class HandOverWaveProcess {

    public static final String KEY = "hand-over-wave";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** When the local window of the region opens whose turn it is. */
    public static final ProcessVariable<Date> WAVE_OPENS_AT = ProcessVariable.of("waveOpensAt", Date.class);

    /** Whether no region follows. */
    public static final ProcessVariable<Boolean> LAST_WAVE = ProcessVariable.of("lastWave", Boolean.class);

    private HandOverWaveProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        WAVES_PLANNED("startEvent_wavesPlanned"),
        NEXT("gateway_next"),
        OPEN_WAVE("serviceTask_openWave"),
        WAVE_OPENS("event_waveOpens"),
        HAND_OVER_WAVE("userTask_handOverWave"),
        ACKNOWLEDGE_HAND_OVER("userTask_acknowledgeHandOver"),
        CONCLUDE_WAVE("serviceTask_concludeWave"),
        IS_LAST_WAVE("gateway_isLastWave"),
        WAVES_HANDED_OVER("endEvent_wavesHandedOver");

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
