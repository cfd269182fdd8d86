package io.slipway.scope;

import io.slipway.release.ReleaseId;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** An id and a moment as the database keeps them. */
final class Bytes {

    private Bytes() {}

    static byte[] of(ReleaseId id) {
        return of(id.value());
    }

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static Timestamp moment(Instant at) {
        return Timestamp.from(at);
    }
}
