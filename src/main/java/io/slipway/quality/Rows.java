package io.slipway.quality;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as the columns hold them. */
public final class Rows {

    private Rows() {}

    /** The bytes of an id. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The id of some bytes. */
    public static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
