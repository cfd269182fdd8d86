package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseAwayTest {

    static Stream<Throwable> lost() {
        return Stream.of(
                new SQLException("Communications link failure", "08S01"),
                new SQLTransientConnectionException("Connection is not available, request timed out after 5000ms"),
                new SQLException("Connection is closed"),
                new CannotGetJdbcConnectionException("none"));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aConnectionThatBrokeOrCouldNotBeHadIsSeenThroughWhateverItIsWrappedInto(Throwable lost) {
        assertThat(DatabaseAway.caused(lost)).isTrue();
        assertThat(DatabaseAway.caused(new IllegalStateException(new RuntimeException(lost))))
                .isTrue();
        TransactionSystemException unended = new TransactionSystemException("no rollback");
        unended.initApplicationException(new IllegalStateException(lost));
        assertThat(DatabaseAway.caused(unended)).isTrue();
    }

    @Test
    void whatTheDatabaseSaidNoToSaysThatItIsThere() {
        assertThat(DatabaseAway.caused(new CannotAcquireLockException("deadlock", new SQLException("", "40001", 1213))))
                .isFalse();
        assertThat(DatabaseAway.caused(
                        new DataIntegrityViolationException("twice", new SQLException("", "23000", 1062))))
                .isFalse();
        assertThat(DatabaseAway.caused(new IllegalStateException("other"))).isFalse();
    }
}
