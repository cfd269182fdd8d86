package io.slipway.governance.adherence;

import java.time.Instant;
import java.util.Optional;

/**
 * A deviation that was found.
 *
 * @param key key of the finding, and of the obligation that corrects it
 * @param who who did it: the name where it is shown, the opaque id where it is kept; empty where it is nobody's deed
 * @param happenedAt when it was done; empty where it is nobody's deed
 * @param correctedAt when that was fulfilled; empty while it is open
 */
public record Finding(
        String key,
        String release,
        String system,
        Deviation.Rule rule,
        String sentence,
        String evidence,
        Optional<String> who,
        Optional<Instant> happenedAt,
        Instant foundAt,
        Optional<Instant> correctedAt) {}
