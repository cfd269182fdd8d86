package io.slipway.platform.process;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Lets a refusal reach its caller as the sentence that it is; the engine would wrap it into words about listeners. It stands inside
 * the command's context, which writes what it takes for a failure into the log with its stack trace.
 */
final class PlainRefusals extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (ProcessEngineException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TaskRefused refused) {
                    throw refused;
                }
            }
            throw e;
        }
    }
}
