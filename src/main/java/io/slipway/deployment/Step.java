package io.slipway.deployment;

import java.util.Arrays;
import java.util.Optional;

/** The steps of a deployment. */
public enum Step {
    TRANSFER_PACKAGE("transferPackage", "Transfer package"),
    START_SERVICE("startService", "Start service"),
    CHECK_HEALTH("checkHealth", "Check health"),
    SWITCH_TRAFFIC("switchTraffic", "Switch traffic"),
    VERIFY_LIVE("verifyLive", "Verify live"),
    RETIRE_SERVICE("retireService", "Stop replaced service");

    private final String id;
    private final String label;

    Step(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Name in the ledger and in keys. */
    public String id() {
        return id;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** The step behind an element of the model {@code deploy-release}; empty for others. */
    public static Optional<Step> ofElement(String element) {
        return Arrays.stream(values())
                .filter(step -> element.equals("serviceTask_" + step.id))
                .findFirst();
    }

    /** The words for a name in the ledger; the name itself when it is no step of a deployment. */
    public static String label(String id) {
        for (Step step : values()) {
            if (step.id.equals(id)) {
                return step.label;
            }
        }
        return id;
    }
}
