package io.slipway.platform.process;

import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/**
 * Long work behind an external task of a model: it runs on a worker with a lease that is extended while it lasts, and not inside a
 * transaction of the engine.
 */
public interface ExternalWork {

    /** Topic that models name, such as {@code deployment.startService}. */
    String topic();

    /**
     * Does the work; may be called again for the same task after a crash or a lost lease, so effects go through the ledger.
     *
     * @throws WorkRefused for an outcome that the model knows as a BPMN error
     * @throws RuntimeException for a technical failure, which is retried and becomes an incident
     */
    void perform(LockedExternalTask task);

    /** The work ended with an outcome that the model has a path for. */
    class WorkRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String errorCode;

        /** Ends with the error code that a boundary event of the model catches. */
        public WorkRefused(String errorCode, String message) {
            super(message);
            this.errorCode = errorCode;
        }

        /** Code of the BPMN error. */
        public String errorCode() {
            return errorCode;
        }
    }
}
