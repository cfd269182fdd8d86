package io.slipway.deployment.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/deployment/watch-traffic.bpmn}. */
public final class WatchTrafficProcess {

    public static final String KEY = "watch-traffic";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** GOES_ON, BREACHED or OVER. */
    public static final ProcessVariable<String> TRAFFIC_VERDICT = ProcessVariable.of("trafficVerdict", String.class);

    /** When to look again. */
    public static final ProcessVariable<Date> NEXT_LOOK = ProcessVariable.of("nextLook", Date.class);

    private WatchTrafficProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        WATCH_OPENED("startEvent_watchOpened"),
        LOOK("gateway_look"),
        JUDGE_TRAFFIC("serviceTask_judgeTraffic"),
        IS_BREACHED("gateway_isBreached"),
        DEMAND_ROLLBACK("serviceTask_demandRollback"),
        ROLLBACK_DEMANDED("endEvent_rollbackDemanded"),
        WATCH_OVER("endEvent_watchOver"),
        NEXT_LOOK("event_nextLook");

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
