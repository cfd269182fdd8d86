package io.slipway.governance.confirmations;

import io.slipway.release.NotFound;

/** There is no such task, it is done, or it never concerned who asks: which of these is not told. */
public class TaskGone extends NotFound {

    private static final long serialVersionUID = 1L;

    TaskGone() {
        super("task of yours", "");
    }

    @Override
    public String getMessage() {
        return "This task is done, was taken back, or is none of yours; please look at your tasks.";
    }
}
