package io.slipway.platform.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells whether something failed because the database could not be reached, which says nothing about what was tried. */
public final class DatabaseAway {

    /** What people read. */
    public static final String SENTENCE =
            "The database cannot be reached at the moment. Please try again in a minute, and look first whether it is done already.";

    /** The class of SQL states that are about connections. */
    private static final String CONNECTION = "08";

    /** How the pool calls a connection that it gave up under its user's hands; it gives no state. */
    private static final String GIVEN_UP = "Connection is closed";

    private static final int MOST = 50;

    private DatabaseAway() {}

    /** Whether a connection that broke, or none that could be had, is among the causes. */
    public static boolean caused(Throwable failure) {
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        for (int looked = 0; looked < MOST && !open.isEmpty(); looked++) {
            Throwable one = open.remove();
            if (isOne(one)) {
                return true;
            }
            add(open, one.getCause());
            if (one instanceof TransactionSystemException unended) {
                // The rollback failed as well, and what it was for is not among its causes.
                add(open, unended.getApplicationException());
            }
        }
        return false;
    }

    private static void add(Deque<Throwable> open, @Nullable Throwable more) {
        if (more != null) {
            open.add(more);
        }
    }

    private static boolean isOne(Throwable failure) {
        if (failure instanceof SQLException refused) {
            String state = refused.getSQLState();
            return refused instanceof SQLTransientConnectionException
                    || refused instanceof SQLNonTransientConnectionException
                    || refused instanceof SQLRecoverableException
                    || (state != null && state.startsWith(CONNECTION))
                    || GIVEN_UP.equals(refused.getMessage());
        }
        return failure instanceof CannotGetJdbcConnectionException
                || failure instanceof DataAccessResourceFailureException;
    }
}
