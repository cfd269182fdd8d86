package io.slipway.quality;

import java.time.Instant;

/**
 * What is asked for.
 *
 * @param reason why the gap is acceptable
 * @param compensatingControl what makes up for it
 * @param expiresAt moment from which it shall hold no longer
 */
public record WaiverRequest(String reason, String compensatingControl, Instant expiresAt) {}
