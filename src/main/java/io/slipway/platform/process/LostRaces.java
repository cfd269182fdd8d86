package io.slipway.platform.process;

import io.slipway.platform.data.DatabaseAway;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Tells a person who was second, with a task or with a record, that somebody else was first; the engine would call it a fault of the
 * server and tell it in words of the database; and says in a sentence that the database is away. It stands outside the transaction, because what is written late is refused late.
 *
 * <p>Jobs, which have no person, see the engine's own exceptions and are tried again.
 */
final class LostRaces extends CommandInterceptor {

    static final String DECIDED =
            "The task has been decided or withdrawn meanwhile; please look at your list of tasks again.";
    private static final String CLAIMED = "Somebody else has claimed this task meanwhile; please choose another one.";
    private static final String CHANGED =
            "Somebody else decided or changed this at the same moment; please look at it again.";

    private final ObjectProvider<EngineAccess> access;

    LostRaces(ObjectProvider<EngineAccess> access) {
        this.access = access;
    }

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (RuntimeException e) {
            if (access.getObject()
                    .person()
                    .filter(person -> !person.equals(EngineAccess.WORKER))
                    .isEmpty()) {
                throw e;
            }
            if (DatabaseAway.caused(e)) {
                throw new ProcessEngineException(DatabaseAway.SENTENCE, e);
            }
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TaskAlreadyClaimedException) {
                    throw refused(CLAIMED, e);
                }
                if (cause instanceof OptimisticLockingException
                        || cause instanceof ConcurrencyFailureException
                        || cause instanceof DataIntegrityViolationException) {
                    throw refused(CHANGED, e);
                }
            }
            throw e;
        }
    }

    private static TaskRefused refused(String sentence, RuntimeException cause) {
        TaskRefused refused = new TaskRefused(sentence);
        refused.initCause(cause);
        return refused;
    }
}
