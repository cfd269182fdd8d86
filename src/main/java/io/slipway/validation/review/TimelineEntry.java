package io.slipway.validation.review;

import java.time.Instant;

/**
 * One moment of a timeline.
 *
 * @param at when
 * @param what what happened, in words
 * @param who the role of whoever did it, or Slipway; never a name
 * @param source "Audit trail" or "Process"
 */
public record TimelineEntry(Instant at, String what, String who, String source) {}
