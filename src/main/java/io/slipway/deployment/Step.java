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

    private static final char BETWEEN = '.';

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

    /** Name in the ledger of this step for one of several instances; the first one has the name of the step alone. */
    String of(int instance) {
        return instance == 1 ? id : id + BETWEEN + instance;
    }

    /** Whether a name in the ledger is this step, for whichever instance. */
    boolean named(String name) {
        return name.equals(id) || name.startsWith(id + BETWEEN);
    }

    /** The instance that a name in the ledger is about. */
    static int instance(String name) {
        int between = name.indexOf(BETWEEN);
        return between < 0 ? 1 : Integer.parseInt(name.substring(between + 1));
    }

    /** The words for a name in the ledger; the name itself when it is no step of a deployment. */
    public static String label(String name) {
        for (Step step : values()) {
            if (step.named(name)) {
                return name.equals(step.id) ? step.label : step.label + " " + instance(name);
            }
        }
        return name;
    }
}
