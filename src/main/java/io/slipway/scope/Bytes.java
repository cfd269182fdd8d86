package io.slipway.scope;

import java.sql.Timestamp;
import java.time.Instant;

/** An id and a moment as the database keeps them. */
final class Bytes {

    private Bytes() {}

    static Timestamp moment(Instant at) {
        return Timestamp.from(at);
    }
}
