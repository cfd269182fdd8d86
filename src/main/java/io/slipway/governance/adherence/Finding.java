package io.slipway.governance.adherence;

import java.time.Instant;
import java.util.Optional;

/**
 * A deviation that was found.
 *
 * @param key key of the finding, and of the obligation that corrects it
 * @param correctedAt when that was fulfilled; empty while it is open
 */
public record Finding(
        String key,
        String release,
        String system,
        Deviation.Rule rule,
        String sentence,
        String evidence,
        Instant foundAt,
        Optional<Instant> correctedAt) {}
