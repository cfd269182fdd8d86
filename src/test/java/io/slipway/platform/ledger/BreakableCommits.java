package io.slipway.platform.ledger;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/** A transaction manager whose nth commit fails, either because it never reached the database or because its answer was lost. */
final class BreakableCommits implements PlatformTransactionManager {

    private final JdbcTransactionManager real;
    private int untilFailure = -1;
    private boolean reachesTheDatabase;

    BreakableCommits(DataSource database) {
        this.real = new JdbcTransactionManager(database);
    }

    /** The commit after so many others fails. */
    void failCommit(int afterOthers, boolean answerIsLostOnly) {
        untilFailure = afterOthers;
        reachesTheDatabase = answerIsLostOnly;
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return real.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        boolean fails = untilFailure == 0;
        untilFailure--;
        if (!fails) {
            real.commit(status);
            return;
        }
        if (reachesTheDatabase) {
            real.commit(status);
        } else {
            real.rollback(status);
        }
        throw new TransactionSystemException("The connection broke in the commit");
    }

    @Override
    public void rollback(TransactionStatus status) {
        real.rollback(status);
    }
}
