package io.slipway.validation;

import io.slipway.release.ReleaseId;
import java.nio.ByteBuffer;

/** The id of a release as the database has it. */
public final class Ids {

    private Ids() {}

    /** The sixteen bytes of the id. */
    public static byte[] bytes(ReleaseId id) {
        return ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }
}
