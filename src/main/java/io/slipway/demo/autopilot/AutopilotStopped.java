package io.slipway.demo.autopilot;

/** The autopilot cannot go on; the message says at which step of which release, and why. */
public class AutopilotStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AutopilotStopped(String message) {
        super(message);
    }

    AutopilotStopped(String message, Throwable cause) {
        super(message, cause);
    }
}
