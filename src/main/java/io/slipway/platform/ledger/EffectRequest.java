package io.slipway.platform.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An effect that is wanted.
 *
 * @param key identity of the effect: a retry has the same, a new attempt of the whole another one; letters, digits and
 *     {@code . _ : @ -} in parts separated by a slash, at most 240 characters
 * @param businessKey what it belongs to, such as the key of a release
 * @param run which attempt of the whole it belongs to
 * @param step the step of that run
 * @param target what it changes; fences are counted per target, and effects on one target follow each other
 * @param content everything that matters about it, as facts of {@link io.slipway.platform.data.Canonical}; the same key with other
 *     content is refused
 * @param undo what is needed to take it back, as JSON; null when nothing needs to be taken back
 */
public record EffectRequest(
        String key,
        String businessKey,
        String run,
        String step,
        String target,
        Object content,
        @Nullable String undo) {

    /** What is needed to take it back. */
    public Optional<String> undoData() {
        return Optional.ofNullable(undo);
    }
}
