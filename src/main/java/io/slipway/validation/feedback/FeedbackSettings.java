package io.slipway.validation.feedback;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When and how users are asked.
 *
 * @param after time from going live until the service desk is asked
 * @param watched time after going live in which what begins may come from the release, the sooner the likelier
 * @param threshold score from 0 to 100 from which a link is proposed
 */
@ConfigurationProperties(value = "slipway.feedback", ignoreUnknownFields = false)
public record FeedbackSettings(
        @DefaultValue("PT72H") Duration after,
        @DefaultValue("PT72H") Duration watched,
        @DefaultValue("40") int threshold) {

    /** Refuses what would ask never, or propose everything or nothing. */
    public FeedbackSettings {
        if (after.isNegative() || after.isZero() || watched.toMinutes() < 1 || threshold < 1 || threshold > 100) {
            throw new IllegalArgumentException("slipway.feedback needs times after going live and a threshold from 1 to"
                    + " 100: " + after + ", " + threshold);
        }
    }
}
