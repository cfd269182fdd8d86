package io.slipway.release;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as the columns hold them: sixteen bytes, the most significant first. */
public final class StoredIds {

    private StoredIds() {}

    /** The bytes of a release's id. */
    public static byte[] bytes(Release release) {
        return bytes(release.id());
    }

    /** The bytes of a release's id. */
    public static byte[] bytes(ReleaseId id) {
        return bytes(id.value());
    }

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

    /** The release's id of some bytes. */
    public static ReleaseId releaseId(byte[] bytes) {
        return new ReleaseId(uuid(bytes));
    }

    /** The release's id of some bytes; nothing when the column is empty. */
    public static Optional<ReleaseId> releaseIdIf(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(StoredIds::releaseId);
    }
}
