package io.slipway.governance.approvals;

import java.nio.ByteBuffer;
import java.util.UUID;

/** An id as the database keeps it. */
final class Bytes {

    private Bytes() {}

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
